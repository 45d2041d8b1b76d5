package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How phases end where there is nothing to propose or to select. */
final class PhaseEndingsIT {
  @TempDir private Path directory;

  /** Their tokens may not write, and nothing is pending that had to be ended. */
  @ParameterizedTest
  @ValueSource(strings = {"propose", "gather"})
  void phasesThatMayNotWriteEndWellWhereSomebodyPushed(String phase) {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner = superseded(played, phase);
      played.gitHub().makeTokenReadOnly();
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs())
          .containsEntry("outcome", "superseded")
          .doesNotContainKey("bundle-digest");
      assertThat(played.gitHub().statuses()).isEmpty();
    }
  }

  @Test
  void selectEndsTheGateWhereSomebodyPushed() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      String head = played.head();
      Runner runner = superseded(played, "select");
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(head);
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
    }
  }

  @Test
  void selectSaysThatItMayNotWriteWhereSomebodyPushed() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner = superseded(played, "select");
      played.gitHub().makeTokenReadOnly();
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs()).containsEntry("outcome", "superseded");
      assertThat(result.log()).contains("the token may not write");
    }
  }

  /** It was deleted, is past its days, or could not be uploaded. */
  @Test
  void selectEndsTheGateWhereTheArtifactIsGone() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played
              .runner("select")
              .input("phase", "select")
              .input("bundle-digest", "a".repeat(64))
              .event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(2);
      assertThat(result.log())
          .contains("/optr-bundle: there is no such directory; download the artifact there first");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
    }
  }

  private static Runner superseded(PlayedPullRequest played, String phase) {
    String opened = played.event("pull_request.opened.json");
    played.headIs(played.pushToTopic("Say even more"));
    return played.runner(phase).input("phase", phase).event("pull_request", opened);
  }
}
