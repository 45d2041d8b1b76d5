package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left behind where the runner, or a user, ends the program while a command runs. */
final class InterruptionIT {
  // A number that no other process on the machine is asked to sleep.
  private static final String SLEEP = "sleep 31.4159";

  @TempDir private Path directory;

  @Test
  void endsItsCommandsAndSettlesTheGate() throws Exception {
    String workflow =
        """
        isolation: off
        trigger: {push: never}
        invariants:
          - {id: slow, run: %s}
        agents:
          - {name: codex, type: openai-codex}
        """
            .formatted(SLEEP);
    Map<String, String> files = Map.of(".github/workflow-optr.yaml", workflow, "a.txt", "one\n");
    try (PlayedPullRequest played = PlayedPullRequest.start(directory, files)) {
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      Process process = runner.start();
      awaitCommand(process);
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(commands()).isZero();
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
      assertThat(played.gitHub().statuses().getLast().description()).contains("interrupted");
      assertThat(leftovers(runner.root().resolve("runner_temp/optr/work"))).isZero();
    }
  }

  private static void awaitCommand(Process process) throws InterruptedException {
    while (commands() == 0) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
  }

  private static long commands() {
    return ProcessHandle.allProcesses()
        .filter(
            handle -> handle.info().commandLine().filter(line -> line.endsWith(SLEEP)).isPresent())
        .count();
  }

  private static long leftovers(Path work) throws IOException {
    try (Stream<Path> paths = Files.list(work)) {
      return paths.count();
    }
  }
}
