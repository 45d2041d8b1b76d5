package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pull request beside another one, from the event to the comment. */
final class OtherPullRequestIT {
  @TempDir Path directory;

  @Test
  void selectsNoPathThatAnotherPullRequestCouldNotBeMergedWith() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      String other = openAnother(played, Map.of("a.txt", "theirs\n"), FakeGitHub.REPOSITORY_ID);
      ProgramProcess.Result result = run(played);

      assertThat(result.exit()).as(result.log()).isEqualTo(1);
      assertThat(played.gitHub().comments().getFirst().body())
          .contains(
              "`non-interference` conflicts",
              "#8 ('theirs') merged cleanly before; with this path it conflicts in 'a.txt'",
              "NON_INTERFERENCE_VIOLATION",
              "merged with   #8 at " + other.substring(0, 7));
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void isNotHeldBackByAForkOrByOneThatChangesSomethingElse() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      openAnother(played, Map.of("c.txt", "theirs\n"), FakeGitHub.REPOSITORY_ID);
      played.gitHub().openPullRequest(9, "patch-1", played.base(), "main", false, 99);
      ProgramProcess.Result result = run(played);

      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(played.gitHub().comments().getFirst().body())
          .contains("merged with   #8 at ", "forks, not merged: #9 at ");
    }
  }

  private static ProgramProcess.Result run(PlayedPullRequest played) {
    Runner runner =
        played.runner("run").event("pull_request", played.event("pull_request.opened.json"));
    return runner.run();
  }

  private static String openAnother(
      PlayedPullRequest played, Map<String, String> files, long repository) {
    String commit = played.pushToTopic("Theirs", files);
    try (TempRepo served = TempRepo.open(played.servedDirectory())) {
      served.ref("refs/pull/8/head", commit);
      served.ref("refs/heads/topic", played.head());
    }
    played.gitHub().openPullRequest(8, "theirs", commit, "main", false, repository);
    return commit;
  }
}
