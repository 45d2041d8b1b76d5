package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedLife;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One pull request from its opening to what an auditor makes of it later, with nothing but a clone:
 * every event as the runner hands it to the Action, every commit on a real git server.
 */
final class LifeOfAPullRequestIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "anchor: pull-request, false",
    "anchor: pull-request, true",
    "anchor: side-branch, true",
  })
  void isDecidedExecutedMergedAndFoundIntactByWhoeverClones(String anchor, boolean squash) {
    try (PlayedLife life = PlayedLife.start(directory, anchor + "\n")) {
      String first = opened(life);
      pushed(life);
      String second = commanded(life);
      executed(life, second);
      String merge = merged(life, second, squash);
      folded(life, merge);
      swept(life);
      life.played().gitHub().assertNoUnexpectedRequests();
      audited(life, List.of(first, second));
    }
  }

  /** Agents are asked, and the gate says what is missing; gives the entry. */
  private static String opened(PlayedLife life) {
    Runner runner = ran(life, life.pullRequest("opened"));
    assertThat(runner.outputs())
        .containsEntry("outcome", "selected")
        .containsEntry("selected-agent", "codex");
    assertThat(life.asked()).isEqualTo(2);
    assertGate(life, "failure");
    return runner.output("ledger-entry");
  }

  /** Nobody is asked on a push; the new commit is examined. */
  private static void pushed(PlayedLife life) {
    String commit = life.push("more.txt", "more\n");
    ran(life, life.pullRequest("synchronize"));
    assertThat(life.asked()).isEqualTo(2);
    assertThat(life.head()).isEqualTo(commit);
    assertGate(life, "failure");
  }

  private static String commanded(PlayedLife life) {
    Runner runner = ran(life, life.comment("/optr run"));
    assertThat(runner.outputs()).containsEntry("outcome", "selected");
    assertThat(life.asked()).isEqualTo(4);
    assertGate(life, "failure");
    return runner.output("ledger-entry");
  }

  /** The selected path is the head from then on, and that is not decided about again. */
  private static void executed(PlayedLife life, String entry) {
    String before = life.head();
    ran(life, life.comment("/optr execute"));
    String commit = life.head();
    assertThat(commit).isNotEqualTo(before);
    try (GitRepository served = life.played().served()) {
      assertThat(served.parents(commit)).containsExactly(before);
      assertThat(served.file(commit, "a.txt").orElseThrow().utf8()).startsWith("two");
      assertThat(served.message(commit)).contains("Optr-Executed-Entry: " + entry);
    }
    assertGate(life, "success");
    ran(life, life.pullRequest("synchronize"));
    assertThat(life.asked()).isEqualTo(4);
    assertThat(life.head()).isEqualTo(commit);
    assertGate(life, "success");
  }

  private static String merged(PlayedLife life, String entry, boolean squash) {
    String merge = life.merge(squash);
    Runner closed = ran(life.pullRequest("closed"));
    assertThat(closed.outputs()).containsEntry("outcome", "recorded");
    assertThat(life.file("optr/ledger", "datalake/ledger.d/pr-7.jsonl").lines())
        .last()
        .asString()
        .contains(
            "\"result\":\"merged\"", "\"entry\":\"" + entry + "\"", "\"commit\":\"" + merge + "\"");
    life.deleteBranch();
    return merge;
  }

  /** Lines that came by the merge are folded; those of the side branch stay there. */
  private static void folded(PlayedLife life, String merge) {
    Runner runner = ran(life.pushed(merge));
    boolean lines = !life.file(merge, "datalake/ledger.d/pr-7.jsonl").isEmpty();
    assertThat(runner.outputs()).containsEntry("outcome", lines ? "folded" : "skipped");
    assertThat(life.file("main", "datalake/ledger.d/pr-7.jsonl")).isEmpty();
  }

  private static void swept(PlayedLife life) {
    String tip = life.tip("optr/ledger");
    assertThat(ran(life.schedule()).outputs()).containsEntry("outcome", "skipped");
    assertThat(life.tip("optr/ledger")).isEqualTo(tip);
  }

  private static void audited(PlayedLife life, List<String> decisions) {
    Path clone = life.cloned("auditor");
    ProgramProcess.Result verified = program(clone, "verify", "--json");
    assertThat(verified.exit()).as(verified.log()).isZero();
    assertThat(document(verified).integer("entries")).isEqualTo(5);

    ProgramProcess.Result replayed = program(clone, "replay", "--all", "--json");
    assertThat(replayed.exit()).as(replayed.log()).isZero();
    assertThat(Invocation.objects(document(replayed), "decisions"))
        .allSatisfy(decision -> assertThat(decision.text("result")).isEqualTo("equal"))
        .extracting(decision -> decision.text("entry"))
        .containsExactlyElementsOf(decisions);

    ProgramProcess.Result deployable = program(clone, "verify", "--deployable", "main");
    assertThat(deployable.exit()).as(deployable.log()).isZero();
  }

  /** One event; GitHub moves the pull request with its branch. */
  private static Runner ran(PlayedLife life, Runner runner) {
    ran(runner);
    life.follow();
    return runner;
  }

  private static Runner ran(Runner runner) {
    ProgramProcess.Result result = runner.run();
    assertThat(result.exit()).as(result.log()).isZero();
    return runner;
  }

  private static void assertGate(PlayedLife life, String state) {
    List<FakeGitHub.Status> gate =
        life.played().gitHub().statuses().stream()
            .filter(status -> status.sha().equals(life.head()))
            .toList();
    assertThat(gate).extracting(FakeGitHub.Status::state).last().isEqualTo(state);
  }

  private static ProgramProcess.Result program(Path clone, String... arguments) {
    return ProgramProcess.run(clone, Map.of("PATH", System.getenv("PATH")), arguments);
  }

  private static JsonObject document(ProgramProcess.Result result) {
    return Invocation.document(result.log());
  }
}
