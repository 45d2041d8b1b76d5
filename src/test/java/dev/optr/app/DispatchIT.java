package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that somebody starts by hand. */
final class DispatchIT {
  @TempDir private Path directory;

  @Test
  void decidesAboutThePullRequestThatIsNamed() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          dispatched(played, "main", Map.of("pr", "7", "wish", "Make a.txt say two", "sha", ""));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs())
          .containsEntry("outcome", "selected")
          .containsEntry("mode", "maintainer");
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void takesTheOnePullRequestOfTheBranchThatItWasStartedOn() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner = dispatched(played, "topic", Map.of());
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs()).containsEntry("outcome", "selected");
    }
  }

  @Test
  void saysWhatToGiveWhereTheBranchHasNone() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      ProgramProcess.Result result = dispatched(played, "main", Map.of()).run();
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.log()).contains("0 open pull requests", "input 'pr'");
      assertThat(played.gitHub().statuses()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-7", "7; rm", "99999999999", "0"})
  void refusesANumberThatIsNone(String number) {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      ProgramProcess.Result result = dispatched(played, "main", Map.of("pr", number)).run();
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.log()).contains("workflow input 'pr'");
      assertThat(played.gitHub().requests()).isEmpty();
    }
  }

  @Test
  void refusesACommitThatIsNotTheHead() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      ProgramProcess.Result result =
          dispatched(played, "main", Map.of("pr", "7", "sha", "0123456789")).run();
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.log()).contains(played.head());
      assertThat(played.providerServer().getAllServeEvents()).isEmpty();
    }
  }

  private static Runner dispatched(
      PlayedPullRequest played, String branch, Map<String, String> inputs) {
    return played.runner("runner").event("workflow_dispatch", Payloads.dispatch(branch, inputs));
  }
}
