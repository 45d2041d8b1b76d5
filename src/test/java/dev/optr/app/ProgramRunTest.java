package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.optr.isolation.Isolation;
import dev.optr.isolation.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with an agent that is a program of this machine. */
final class ProgramRunTest {
  private static final String TRANSCRIPT =
      "datalake/workflows/wish/agent-outputs/mine.transcript.jsonl";

  @TempDir Path directory;

  @Test
  void confinesTheProgramAndSaysHowFar() throws IOException {
    Level level = Isolation.probe(Path.of("/tmp"), System::nanoTime).level();
    if (!"true".equals(System.getenv("CI"))) {
      assumeFalse(level instanceof Level.None, "nothing can be confined here");
    }
    Path key = Files.writeString(directory.resolve("key.txt"), "a key of the user");
    try (LocalSite site =
        LocalSite.make(directory).program("mine", "cat " + key + "; echo two > a.txt")) {
      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.document().text("selected")).isEqualTo("mine");
      assertThat(site.read(TRANSCRIPT))
          .contains("\"isolation\":\"" + level.text() + "\"", "Permission denied")
          .doesNotContain("a key of the user");
    }
  }

  @Test
  void saysWhereTheUserGaveIsolationUp() {
    try (LocalSite site = LocalSite.make(directory).program("mine", "echo two > a.txt")) {
      Invocation plan = site.run("--dry-run");
      assertThat(plan.out()).as(plan.err()).contains("lane mine: can be asked");
    }
    try (LocalSite site =
        LocalSite.unconfined(directory.resolve("off")).program("mine", "echo two > a.txt")) {
      Invocation run = site.run("--json");
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(site.read(TRANSCRIPT)).contains("none ('isolation: off')");
    }
  }
}
