# The action's container: built from source, run on a plain Java runtime.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY src src
COPY test-fixtures test-fixtures
# Tests and formatting are the business of continuous integration.
RUN ["mvn", "-B", "-q", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "package"]

FROM eclipse-temurin:25-jre
# Root, because the Actions runner mounts the workspace and its command files so that only root can write them
# (GitHub's "Dockerfile support for GitHub Actions").
USER root
# Java takes its home directory from the user database and not from HOME, which the runner sets; this one is ours alone.
WORKDIR /optr-home
COPY --from=build /build/target/lib /opt/optr/lib
COPY --from=build /build/target/app.jar /opt/optr/app.jar
# Exec form without a shell: a shell would drop the inputs, whose variables have dashes in their names.
# File names of any language, whatever the base image says.
ENV LC_ALL=C.UTF-8
ENTRYPOINT ["java", "-Duser.home=/optr-home", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/optr/app.jar", "action"]
