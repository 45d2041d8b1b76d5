package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.PlayedJobs;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.RealGit;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three jobs of one run, as one job would decide. */
final class ThreeJobsIT {
  @TempDir private Path directory;

  @Test
  void decideAsOneJobDoes() {
    try (PlayedPullRequest played = played("three")) {
      Runner propose = ThreeJobs.proposed(played);
      assertThat(played.gitHub().requestLines()).noneMatch(line -> !line.startsWith("GET "));
      ThreeJobs.ran(played, 1, ThreeJobs.jobs(played, propose));
      Runner select = ThreeJobs.selecting(played, propose);
      ProgramProcess.Result result = select.run();
      assertThat(result.exit()).as(result.log()).isZero();
      String anchor = select.output("anchor-sha");
      assertThat(select.output("outcome")).isEqualTo("selected");
      assertThat(played.gitHub().statuses())
          .anySatisfy(status -> assertThat(status.sha()).isEqualTo(anchor));
      assertThat(played.gitHub().comments().getLast().body()).contains("codex", "claude");
      played.gitHub().assertNoUnexpectedRequests();
      played.topicIs(played.head());
      Runner whole = played.runner("whole").event("pull_request", ThreeJobs.opened(played));
      assertThat(whole.run().exit()).isZero();
      assertThat(ThreeJobs.body(played, anchor))
          .isEqualTo(ThreeJobs.body(played, whole.output("anchor-sha")));
    }
  }

  @Test
  void giveTheProvidersKeysToTheFirstAlone() {
    try (PlayedPullRequest played = played("keys")) {
      Runner propose = ThreeJobs.proposed(played);
      ThreeJobs.ran(played, 1, ThreeJobs.jobs(played, propose));
      Runner select =
          ThreeJobs.selecting(played, propose)
              .input("openai-api-key", "")
              .input("anthropic-api-key", "");
      assertThat(select.run().exit()).isZero();
      assertThat(played.providerServer().getAllServeEvents()).hasSize(2);
      for (Path file : ThreeJobs.files(propose.workspace())) {
        assertThat(ThreeJobs.read(file))
            .doesNotContain(PlayedPullRequest.OPENAI_KEY, PlayedPullRequest.ANTHROPIC_KEY);
      }
    }
  }

  @Test
  void endInAnErrorOfTheGateWhereProposeGaveNoBundle() {
    try (PlayedPullRequest played = played("none")) {
      Runner select =
          played
              .runner("select")
              .input("phase", "select")
              .input("bundle-digest", "")
              .event("pull_request", ThreeJobs.opened(played));
      assertRefused(played, select, "input 'bundle-digest': it is empty");
    }
  }

  @Test
  void askNobodyAgainOnTheirOwnAnchor() {
    try (PlayedPullRequest played = played("anchored")) {
      Runner propose = ThreeJobs.proposed(played);
      ThreeJobs.ran(played, 1, ThreeJobs.jobs(played, propose));
      Runner select = ThreeJobs.selecting(played, propose);
      assertThat(select.run().exit()).isZero();
      String anchor = select.output("anchor-sha");
      played.headIs(anchor);
      Runner proposeAgain =
          ThreeJobs.proposed(played, "propose-again", "pull_request.synchronize.json");
      assertThat(played.providerServer().getAllServeEvents()).hasSize(2);
      List<PlayedJobs.Ran> ranAgain = ThreeJobs.jobs(played, proposeAgain);
      assertThat(ranAgain).extracting(PlayedJobs.Ran::row).containsExactly("head");
      ThreeJobs.ran(played, 2, ranAgain);
      Runner selectAgain =
          ThreeJobs.selecting(
              played, proposeAgain, "select-again", "pull_request.synchronize.json");
      ProgramProcess.Result result = selectAgain.variable("GITHUB_RUN_ATTEMPT", "2").run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(selectAgain.output("anchor-sha")).isEqualTo(anchor);
      assertThat(played.gitHub().comments()).hasSize(1);
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(anchor);
    }
  }

  @Test
  void verifyTheCommitItselfOnAForkAndWriteNothing() {
    try (PlayedPullRequest played = played("fork")) {
      String fork = "pull_request.opened.fork.json";
      Runner propose = ThreeJobs.proposed(played, "propose", fork);
      assertThat(played.providerServer().getAllServeEvents()).isEmpty();
      List<PlayedJobs.Ran> ran = ThreeJobs.jobs(played, propose);
      assertThat(ran).extracting(PlayedJobs.Ran::row).containsExactly("head");
      ThreeJobs.ran(played, 1, ran);
      Runner select = ThreeJobs.selecting(played, propose, "select", fork);
      ProgramProcess.Result result = select.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(select.output("outcome")).isEqualTo("report_only");
      assertThat(select.summary()).contains("tests");
      assertThat(played.gitHub().requestLines()).noneMatch(line -> !line.startsWith("GET "));
    }
  }

  @Test
  void gatherLanesThatWereAskedInJobsOfTheirOwn() {
    try (PlayedPullRequest played = played("gather")) {
      Runner gather =
          played
              .runner("gather")
              .input("phase", "gather")
              .event("pull_request", ThreeJobs.opened(played));
      StringBuilder digests = new StringBuilder();
      for (String agent : List.of("codex", "claude")) {
        Runner propose =
            played
                .runner("propose-" + agent)
                .input("phase", "propose")
                .input("agent", agent)
                .event("pull_request", ThreeJobs.opened(played));
        ProgramProcess.Result result = propose.run();
        assertThat(result.exit()).as(result.log()).isZero();
        digests
            .append(propose.output("bundle-digest"))
            .append("  optr-lane-")
            .append(agent)
            .append('\n');
        ThreeJobs.copy(
            propose.workspace().resolve("optr-bundle"),
            gather.workspace().resolve("optr-lane-" + agent));
      }
      // The job of a third lane failed.
      digests.append("  optr-lane-copilot\n");
      ProgramProcess.Result result = gather.input("bundle-digest", digests.toString()).run();
      assertThat(result.exit()).as(result.log()).isZero();
      ThreeJobs.ran(played, 1, ThreeJobs.jobs(played, gather));
      Runner select = ThreeJobs.selecting(played, gather);
      assertThat(select.run().exit()).isZero();
      assertThat(select.output("selected-agent")).isEqualTo("codex");
    }
  }

  @Test
  void applyARowInTheContainerToo() {
    try (PlayedPullRequest played = played("apply")) {
      Runner propose = ThreeJobs.proposed(played);
      Runner apply =
          played
              .runner("apply")
              .input("phase", "apply")
              .input("agent", "codex")
              .input("bundle-digest", propose.output("bundle-digest"))
              .event("pull_request", ThreeJobs.opened(played));
      RealGit.in(apply.workspace()).text("clone", "-q", played.servedDirectory().toString(), ".");
      RealGit.in(apply.workspace()).text("checkout", "-q", "--detach", played.head());
      ThreeJobs.copy(
          propose.workspace().resolve("optr-bundle"), apply.workspace().resolve("optr-bundle"));
      ProgramProcess.Result result = apply.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(ThreeJobs.read(apply.workspace().resolve("a.txt"))).contains("two");
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
}
