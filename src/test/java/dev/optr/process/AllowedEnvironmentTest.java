package dev.optr.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllowedEnvironmentTest {
  @TempDir Path directory;

  @Test
  void allowsFourVariablesAndWhatIsAdded() {
    AllowedEnvironment allowed =
        new AllowedEnvironment(Map.of("PATH", "/p", "HOME", "/home/me", "GITHUB_TOKEN", "secret"));
    try (Scratch scratch = Scratch.in(directory)) {
      assertThat(allowed.with(scratch, Map.of("MY_KEY", "k")))
          .isEqualTo(
              Map.of(
                  "PATH", "/p",
                  "LANG", "C.UTF-8",
                  "HOME", scratch.home().toString(),
                  "TMPDIR", scratch.temporary().toString(),
                  "MY_KEY", "k"));
    }
  }

  @Test
  void findsAProgramWhereThePathLeadsFirst() throws IOException {
    program("a/tool");
    program("b/tool");
    Files.createDirectories(directory.resolve("c/tool"));
    AllowedEnvironment allowed =
        new AllowedEnvironment(Map.of("PATH", path("c") + ":" + path("b") + ":" + path("a")));
    assertThat(allowed.find("tool")).contains(directory.resolve("b/tool"));
    assertThat(allowed.find("other")).isEmpty();
  }

  @Test
  void passesOverEntriesThatDependOnTheWorkingDirectory() throws IOException {
    program("tool");
    String relative =
        Path.of("").toAbsolutePath().relativize(directory.toAbsolutePath()).toString();
    AllowedEnvironment allowed = new AllowedEnvironment(Map.of("PATH", ":.:" + relative));
    assertThat(Path.of(relative, "tool")).exists();
    assertThat(allowed.find("tool")).isEmpty();
  }

  @Test
  void findsNothingThatMayNotBeExecuted() throws IOException {
    Files.writeString(directory.resolve("text"), "no program");
    assertThat(new AllowedEnvironment(Map.of("PATH", directory.toString())).find("text")).isEmpty();
  }

  @Test
  void findsAnAbsolutePathAndNoRelativeOne() throws IOException {
    program("a/tool");
    AllowedEnvironment allowed = new AllowedEnvironment(Map.of("PATH", directory.toString()));
    assertThat(allowed.find(path("a/tool"))).contains(directory.resolve("a/tool"));
    assertThat(allowed.find(path("a/other"))).isEmpty();
    assertThat(allowed.find("a/tool")).isEmpty();
    assertThat(allowed.find("a\0b")).isEmpty();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private void program(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, "#!/bin/sh\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
