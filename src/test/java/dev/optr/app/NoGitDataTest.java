package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.execution.Executed;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that has everything but the git data API: commits are made here, and pushed. */
final class NoGitDataTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", "ledger: {log: branch}"})
  void pushesTheAnchorAndSetsTheStatusThen(String settings) {
    try (ServedSite site = ServedSite.with(directory, settings)) {
      String head = site.open(11);
      GitDataOutage.of(site.played().gitHub());

      ServedSite.Ran ran = site.pullRequest("opened", 11);

      assertThat(ran.exit()).as(ran.log()).isZero();
      String anchor = site.tip("refs/heads/wish-11");
      assertThat(ran.output("anchor-sha")).isEqualTo(anchor);
      assertThat(site.parents(anchor)).containsExactly(head);
      assertThat(statuses(site.played(), anchor)).isNotEmpty().doesNotContain("pending");
      assertThat(site.verify("wish-11").exit()).isZero();
      assertThat(site.played().gitHub().requestLines())
          .noneMatch(line -> line.startsWith("PATCH") && line.contains("/git/refs/"));
      site.played().gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void pushesNothingWhereSomebodyWasFaster() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      site.open(11);
      GitDataOutage.of(site.played().gitHub());
      site.commit("More", Map.of("more.txt", "more\n"));
      site.played()
          .gitHub()
          .listen(
              request -> {
                if (request.line().endsWith("/git/trees")) {
                  site.person().text("push", "-q", "origin", "HEAD:refs/heads/wish-11");
                }
              });

      ServedSite.Ran ran = site.pullRequest("opened", 11);

      assertThat(ran.output("outcome")).as(ran.log()).isEqualTo("superseded");
      assertThat(site.file("refs/heads/wish-11", "more.txt")).isEqualTo("more\n");
      assertThat(site.file("refs/heads/wish-11", "datalake/ledger.d/pr-11.jsonl")).isEmpty();
    }
  }

  @Test
  void pushesWhatGoesToTheSideBranch() {
    try (ServedSite site = ServedSite.with(directory, "anchor: side-branch\nexecute: auto")) {
      String head = site.open(11);
      GitDataOutage.of(site.played().gitHub());

      ServedSite.Ran ran = site.pullRequest("opened", 11);

      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(site.parents(site.tip("refs/heads/optr/ledger"))).hasSize(2);
      String executed = site.tip("refs/heads/wish-11");
      assertThat(site.parents(executed)).containsExactly(head);
      assertThat(statuses(site.played(), executed)).containsExactly("success");
      site.followBranch(11);
      assertThat(site.closed(11, site.merge(11, true)).log()).contains("#11 merged");
      SideBranchActionTest.assertIntact(site, 4);
    }
  }

  @Test
  void pushesTheExecutedCommit() {
    try (ExecutionAtGitHub at =
        new ExecutionAtGitHub(PlayedPullRequest.start(directory.resolve("played")))) {
      String anchor = at.decide();
      GitDataOutage.of(at.played().gitHub());

      Executed executed = at.execute();

      assertThat(executed).isInstanceOf(Executed.Done.class);
      String commit = ((Executed.Done) executed).commit();
      assertThat(at.branch()).contains(commit).isNotEqualTo(Optional.of(anchor));
      FakeGitHub.Status gate = at.played().gitHub().statuses().getLast();
      assertThat(gate.sha()).isEqualTo(commit);
      assertThat(gate.state()).isEqualTo("success");
    }
  }

  @Test
  void saysNothingGoodOfAnExecutedCommitThatIsRefused() {
    try (ExecutionAtGitHub at =
        new ExecutionAtGitHub(PlayedPullRequest.start(directory.resolve("played")))) {
      String anchor = at.decide();
      int before = at.played().gitHub().statuses().size();
      GitDataOutage.of(at.played().gitHub());
      at.played().git().refuse("refs/heads/topic", "protected branch hook declined");

      assertThat(at.execute()).isInstanceOf(Executed.NotMoved.class);

      assertThat(at.branch()).contains(anchor);
      assertThat(at.played().gitHub().statuses()).hasSize(before);
    }
  }

  private static List<String> statuses(PlayedPullRequest played, String commit) {
    return played.gitHub().statuses().stream()
        .filter(status -> status.sha().equals(commit))
        .map(FakeGitHub.Status::state)
        .toList();
  }
}
