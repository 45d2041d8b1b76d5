package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.JsonObject;
import dev.optr.testing.RealGit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr verify} over histories as teams make them. */
final class VerifyHistoryTest {
  @TempDir private Path directory;

  @Test
  void findsALedgerIntactThatCameInByAMergeCommit() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      mergeDecidedBranch(site);
      Invocation verified = site.verify("--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().integer("entries")).isEqualTo(2);
      assertThat(codes(verified, "warnings")).doesNotContain("W_UNANCHORED", "W_RESTORED");
    }
  }

  @Test
  void findsWhatWasTakenAwayAfterAMergeCommit() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      mergeDecidedBranch(site);
      String ledger = site.read("datalake/ledger.jsonl");
      site.repository()
          .commit(
              "Tidy up",
              Map.of("datalake/ledger.jsonl", ledger.substring(0, ledger.indexOf('\n') + 1)));
      Invocation verified = site.verify("--json");
      assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
      assertThat(codes(verified, "findings")).contains("E_NOT_PREFIX");
    }
  }

  @Test
  void saysWhatAShallowCloneCannotTell() {
    assumeTrue(RealGit.isPresent(), "git makes the shallow clone");
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      site.repository().commit("Go on", Map.of("b.txt", "two\n"));
      RealGit.in(directory)
          .text("clone", "-q", "--depth=1", "file://" + site.repository().directory(), "shallow");
      Invocation verified =
          Invocation.of(directory, site.environment(), "verify", "--repo", "shallow", "--json");
      assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(5);
      assertThat(codes(verified, "warnings")).contains("W_UNREACHABLE");
    }
  }

  private static void mergeDecidedBranch(LocalSite site) {
    site.repository().branch("topic");
    site.repository().checkout("topic");
    assertThat(site.run().exit()).isZero();
    site.repository().checkout("main");
    site.repository().commit("Go on elsewhere", Map.of("b.txt", "two\n"));
    site.repository().merge("Merge topic", "topic");
  }

  private static List<String> codes(Invocation verified, String member) {
    return verified.document().array(member).stream()
        .map(finding -> String.valueOf(((JsonObject) finding).text("code")))
        .toList();
  }
}
