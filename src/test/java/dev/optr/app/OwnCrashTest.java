package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.Runner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the fault is ours, the gate says so, whatever was done when it came. */
final class OwnCrashTest {
  @TempDir private Path directory;

  @Test
  void aCrashAnywhereEndsTheGateInErrorOrNeverBeganIt() {
    List<String> passed = new ArrayList<>();
    try (PlayedPullRequest played = PlayedPullRequest.start(directory.resolve("whole"))) {
      assertThat(run(played, passed::add)).isZero();
    }
    assertThat(passed).isNotEmpty();
    for (int at = 0; at < passed.size(); at += Math.max(1, passed.size() / 12)) {
      crash(at);
    }
  }

  private void crash(int at) {
    int[] left = {at};
    try (PlayedPullRequest played = PlayedPullRequest.start(directory.resolve("crash-" + at))) {
      int exit =
          run(
              played,
              what -> {
                if (left[0]-- == 0) {
                  throw new StackOverflowError(what);
                }
              });
      // What fails in a lane alone costs the run that lane.
      assertThat(exit).as("crash at %d", at).isIn(ExitCode.OK.code(), ExitCode.BUG.code());
      assertThat(RateLimitsTest.pending(played)).as("crash at %d", at).isEmpty();
      assertThat(played.gitHub().statuses())
          .extracting(FakeGitHub.Status::state)
          .doesNotContain("success");
    }
  }

  private static int run(PlayedPullRequest played, Checkpoint checkpoint) {
    Runner runner =
        played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    Host host =
        new Host(
            runner.environment(),
            nowhere,
            nowhere,
            Clock.systemUTC(),
            runner.workspace(),
            checkpoint);
    return new Main(host).run("action");
  }
}
