package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.CompactJson;
import dev.optr.testing.PlayedJobs;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What candidates, their jobs and whoever edits a bundle try on the three jobs. */
final class ThreeJobsAttackIT {
  @TempDir private Path directory;

  @Test
  void refuseABundleThatWasEditedBetweenTheJobs() {
    try (PlayedPullRequest played = played("edited")) {
      Runner propose = ThreeJobs.proposed(played);
      ThreeJobs.ran(played, 1, ThreeJobs.jobs(played, propose));
      Runner select = ThreeJobs.selecting(played, propose);
      Path document = select.workspace().resolve("optr-bundle/agent-outputs/codex.json");
      ThreeJobs.write(
          document,
          ThreeJobs.read(document).replaceFirst("\"durationMs\": [0-9]+", "\"durationMs\": 1"));
      assertRefused(played, select, "codex.json");
    }
  }

  @Test
  void refuseEvidenceThatSomebodyPutIntoTheBundle() {
    try (PlayedPullRequest played = played("fake")) {
      Runner propose = ThreeJobs.proposed(played);
      ThreeJobs.ran(played, 1, ThreeJobs.jobs(played, propose));
      Runner select = ThreeJobs.selecting(played, propose);
      ThreeJobs.write(select.workspace().resolve("optr-bundle/evidence.jsonl"), "{}\n");
      assertRefused(played, select, "evidence.jsonl");
    }
  }

  @Test
  void takeNoFileInTheWorkspaceForEvidence() {
    try (PlayedPullRequest played = played("file")) {
      Runner propose = ThreeJobs.proposed(played);
      List<PlayedJobs.Ran> ran = ThreeJobs.jobs(played, propose);
      ThreeJobs.ran(played, 1, ran.stream().map(one -> one.concluding("failure")).toList());
      Runner select = ThreeJobs.selecting(played, propose);
      StringBuilder lines = new StringBuilder();
      ran.forEach(
          one ->
              lines
                  .append(CompactJson.exact(one.line(propose.output("bundle-digest"))))
                  .append('\n'));
      ThreeJobs.write(select.workspace().resolve("evidence.jsonl"), lines.toString());
      assertThat(select.run().exit()).isEqualTo(1);
      assertThat(select.output("outcome")).isEqualTo("none_admissible");
    }
  }

  @Test
  void refuseABundleOfAnotherRun() {
    try (PlayedPullRequest played = played("another")) {
      Runner propose = ThreeJobs.proposed(played);
      ThreeJobs.ran(played, 1, ThreeJobs.jobs(played, propose));
      assertRefused(
          played,
          ThreeJobs.selecting(played, propose).variable("GITHUB_RUN_ID", "9000000002"),
          "the bundle is of another run");
    }
  }

  @Test
  void takeEveryHoleForUnknown() {
    for (UnaryOperator<PlayedJobs.Ran> damage :
        List.<UnaryOperator<PlayedJobs.Ran>>of(
            ran -> ran.concluding("cancelled"),
            ran -> ran.concluding("skipped"),
            ran -> named(ran, "optr-verify (somebody, tests)"),
            ran -> of(ran, "another"),
            ran -> on(ran, "1".repeat(40)))) {
      assertNothingIsAdmissible(damage);
    }
  }

  @Test
  void letTheFirstAttemptDecideHoweverOftenAJobIsRunAgain() {
    try (PlayedPullRequest played = played("again")) {
      Runner propose = ThreeJobs.proposed(played);
      List<PlayedJobs.Ran> ran = ThreeJobs.jobs(played, propose);
      ThreeJobs.ran(played, 1, ran.stream().map(one -> one.concluding("failure")).toList());
      ThreeJobs.ran(played, 2, ran.stream().map(ThreeJobsAttackIT::aMinuteLater).toList());
      Runner select = ThreeJobs.selecting(played, propose).variable("GITHUB_RUN_ATTEMPT", "2");
      assertThat(select.run().exit()).isEqualTo(1);
      assertThat(select.output("outcome")).isEqualTo("none_admissible");
      assertThat(played.gitHub().comments().getLast().body())
          .containsPattern("claude +tests +2 +success +.+ +no +GitHub Actions");
    }
  }

  private void assertNothingIsAdmissible(UnaryOperator<PlayedJobs.Ran> damage) {
    try (PlayedPullRequest played = played("hole" + System.nanoTime())) {
      Runner propose = ThreeJobs.proposed(played);
      ThreeJobs.ran(played, 1, ThreeJobs.jobs(played, propose).stream().map(damage).toList());
      Runner select = ThreeJobs.selecting(played, propose);
      ProgramProcess.Result result = select.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(1);
      assertThat(select.output("outcome")).isEqualTo("none_admissible");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertThat(played.gitHub().comments().getLast().body()).contains("unknown");
    }
  }

  private static void assertRefused(PlayedPullRequest played, Runner select, String why) {
    ProgramProcess.Result result = select.run();
    assertThat(result.exit()).as(result.log()).isEqualTo(2);
    assertThat(result.log()).contains(why);
    assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
    assertThat(played.gitHub().comments()).isEmpty();
  }

  private PlayedPullRequest played(String name) {
    return PlayedPullRequest.start(directory.resolve(name));
  }

  private static PlayedJobs.Ran aMinuteLater(PlayedJobs.Ran ran) {
    return new PlayedJobs.Ran(
        ran.job(),
        ran.row(),
        ran.invariant(),
        ran.image(),
        ran.commit(),
        ran.conclusion(),
        ran.startedAt().plusSeconds(60),
        ran.completedAt().plusSeconds(60));
  }

  private static PlayedJobs.Ran named(PlayedJobs.Ran ran, String job) {
    return new PlayedJobs.Ran(
        job,
        ran.row(),
        ran.invariant(),
        ran.image(),
        ran.commit(),
        ran.conclusion(),
        ran.startedAt(),
        ran.completedAt());
  }

  private static PlayedJobs.Ran of(PlayedJobs.Ran ran, String invariant) {
    return new PlayedJobs.Ran(
        ran.job(),
        ran.row(),
        invariant,
        ran.image(),
        ran.commit(),
        ran.conclusion(),
        ran.startedAt(),
        ran.completedAt());
  }

  private static PlayedJobs.Ran on(PlayedJobs.Ran ran, String commit) {
    return new PlayedJobs.Ran(
        ran.job(),
        ran.row(),
        ran.invariant(),
        ran.image(),
        commit,
        ran.conclusion(),
        ran.startedAt(),
        ran.completedAt());
  }
}
