package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell lines of docs/engines.md for a laptop, in a repository of three recorded agents. */
final class EnginesDocumentIT {
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @BeforeEach
  void requirePrograms() {
    for (String program : List.of("bash", "git", "jq", "ssh-keygen", "timeout")) {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", program)) || "true".equals(System.getenv("CI")),
          program + " is not here");
    }
  }

  @Test
  void selectAsOneRunWould() throws IOException, InterruptedException {
    Path repository = folder.resolve("repository");
    try (TempRepo work = TempRepo.create(repository)) {
      work.commit(
          "Start",
          Map.of(
              "a.txt",
              "one\n",
              ".github/workflow-optr.yaml",
              """
              intent: Say more
              invariants:
                - {id: tests, run: grep -q two a.txt, timeout: 1m}
              agents:
                - {name: anna, type: recorded, file: anna.json}
                - {name: bert, type: recorded, file: bert.json}
              """,
              ".github/anna.json",
              Recordings.rewrite("a.txt", "three\n"),
              ".github/bert.json",
              Recordings.rewrite("a.txt", "two\n")));
    }
    String output = run(repository, shell());
    assertThat(output).contains("bert");
    String decision =
        RealGit.in(repository).text("log", "-1", "--format=%B%n", "--stat", "--stat-width=200");
    assertThat(decision).contains("optr-selection.json", "Optr-Ledger-Entry");
    Invocation verified =
        Invocation.of(repository, Map.of("HOME", folder.toString()), "verify", "--allow-tofu");
    assertThat(verified.exit()).as(verified.err()).isZero();
  }

  private static String shell() throws IOException {
    Matcher block = SHELL.matcher(Files.readString(Path.of("docs/engines.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private String run(Path repository, String script) throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path optr = bin.resolve("optr");
    Files.writeString(
        optr,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -jar '%s' \"$@\"\n"
            .formatted(
                System.getProperty("java.home"), Path.of("target/app.jar").toAbsolutePath()));
    Files.setPosixFilePermissions(optr, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path key = folder.resolve("key");
    assertThat(
            new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor())
        .isZero();
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script)
            .directory(repository.toFile())
            .redirectErrorStream(true);
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("OPTR_KEY", key.toString());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
