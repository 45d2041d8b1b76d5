package dev.optr.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a path says of its file, beside whether it is a test; by names alone, in any case. */
final class PathKinds {
  private static final Set<String> SOURCE_ENDINGS =
      Set.of(
          "java", "kt", "scala", "groovy", "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts",
          "vue", "py", "go", "rs", "cs", "fs", "rb", "php", "swift", "c", "cc", "cpp", "h", "hpp");
  private static final Set<String> SCRIPT_ENDINGS =
      Set.of("sh", "bash", "zsh", "ps1", "bat", "cmd", "awk", "pl");
  private static final Set<String> CONFIGURATION_ENDINGS =
      Set.of("yaml", "yml", "toml", "ini", "properties", "conf", "cfg", "env", "hcl");

  private static final Pattern MANIFEST =
      Pattern.compile(
          "(.*/)?(pom\\.xml|build\\.gradle(\\.kts)?|libs\\.versions\\.toml|package\\.json"
              + "|pyproject\\.toml|setup\\.(py|cfg)|requirements[^/]*\\.txt|pipfile|go\\.(mod|work)"
              + "|cargo\\.toml|gemfile|[^/]*\\.gemspec|composer\\.json|[^/]*\\.(cs|fs|vb)proj"
              + "|directory\\.packages\\.props|packages\\.config|package\\.swift|podfile|cartfile"
              + "|mix\\.exs|pubspec\\.yaml|build\\.sbt|chart\\.yaml)");
  private static final Pattern BUILD =
      Pattern.compile(
          "(.*/)?(makefile|gnumakefile|cmakelists\\.txt|dockerfile[^/]*|containerfile"
              + "|docker-compose[^/]*|compose\\.ya?ml|jenkinsfile|\\.travis\\.yml"
              + "|\\.gitlab-ci\\.yml|azure-pipelines\\.yml|appveyor\\.yml|settings\\.gradle(\\.kts)?"
              + "|gradlew(\\.bat)?|mvnw(\\.cmd)?|build\\.xml|rakefile|gulpfile\\.[a-z]+"
              + "|webpack\\.config\\.[a-z]+|vite\\.config\\.[a-z]+|tsconfig[^/]*\\.json|build\\.rs"
              + "|tox\\.ini|noxfile\\.py|justfile|taskfile\\.ya?ml|build(\\.bazel)?|module\\.bazel)"
              + "|(.*/)?(\\.github|\\.gitlab|\\.circleci|\\.buildkite|\\.teamcity|\\.mvn|gradle)/.*"
              + "|.*\\.tf");
  private static final Pattern MIGRATION =
      Pattern.compile(
          ".*\\.sql|(.*/)?(migrations?|migrate|flyway|liquibase|alembic|db/changelog)/.*");
  private static final Pattern SECURITY =
      Pattern.compile(
          ".*(^|[/._-])(auth|authn|authz|oauth2?|oidc|saml|sso|login|session|password|passwd|crypto"
              + "|cipher|security|permissions?|acl|rbac|csrf|cors|jwt|tls|ssl|secrets?|credentials?"
              + "|token|signing|signature|sanitiz(er|e))s?([/._-]).*");
  private static final Pattern GENERATED =
      Pattern.compile(
          "(.*/)?(vendor|third_party|thirdparty|node_modules|bower_components|generated|gen"
              + "|dist|__generated__)/.*"
              + "|.*(\\.min\\.(js|css)|\\.pb\\.(go|cc|h)|_pb2(_grpc)?\\.pyi?|\\.g\\.(cs|dart)"
              + "|\\.designer\\.cs|_generated\\.[a-z]+|\\.generated\\.[a-z]+|\\.bundle\\.js|\\.map)");
  // CamelCase becomes words, so that LoginController is about logins.
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private PathKinds() {}

  static boolean isSource(String path) {
    return SOURCE_ENDINGS.contains(ending(path)) && !isGenerated(path);
  }

  static boolean isScript(String path) {
    return SCRIPT_ENDINGS.contains(ending(path));
  }

  static boolean isConfiguration(String path) {
    return (CONFIGURATION_ENDINGS.contains(ending(path)) || name(path).startsWith(".env"))
        && !isBuild(path)
        && !isManifest(path)
        && !isLockFile(path);
  }

  static boolean isManifest(String path) {
    return MANIFEST.matcher(lower(path)).matches();
  }

  static boolean isLockFile(String path) {
    return LockFiles.names().stream().anyMatch(name(path)::equalsIgnoreCase);
  }

  static boolean isBuild(String path) {
    return BUILD.matcher(lower(path)).matches();
  }

  static boolean isMigration(String path) {
    return MIGRATION.matcher(lower(path)).matches();
  }

  static boolean isSecurity(String path) {
    return SECURITY.matcher(lower(HUMP.matcher(path).replaceAll("-"))).matches();
  }

  /** Made by a program, or brought from elsewhere. */
  static boolean isGenerated(String path) {
    return GENERATED.matcher(lower(path)).matches();
  }

  /** Lower case, without the dot; empty where there is none. */
  static String ending(String path) {
    String name = name(path);
    return lower(name.substring(Math.max(name.lastIndexOf('.') + 1, 0)));
  }

  private static String name(String path) {
    return List.of(path.split("/", -1)).getLast();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
