package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten pull requests of one base, decided, merged by turns, closed and folded. */
final class TenPullRequestsTest {
  private static final long FIRST = 11;
  private static final long LAST = 20;
  private static final String MAIN = "refs/heads/main";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", "anchor: side-branch"})
  void endInALedgerThatIsWhole(String settings) {
    try (ServedSite site = ServedSite.with(directory, settings)) {
      List<String> entries = new ArrayList<>();
      for (long number = FIRST; number <= LAST; number++) {
        site.open(number);
      }
      for (long number = FIRST; number <= LAST; number++) {
        ServedSite.Ran ran = site.pullRequest("opened", number);
        assertThat(ran.exit()).as(ran.log()).isZero();
        entries.add(ran.output("ledger-entry"));
        site.followBranch(number);
      }
      for (long number = FIRST; number <= LAST; number++) {
        end(site, number);
      }

      Invocation verified = site.verify();
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().integer("entries")).isEqualTo(21);
      assertThat(LedgerSite.codes(verified, "warnings"))
          .doesNotContain("W_UNANCHORED", "W_UNREACHABLE", "W_RESTORED", "W_OPEN_HEADS");
      String side = site.tip("refs/heads/optr/ledger");
      assertThat(entries).doesNotHaveDuplicates().hasSize(10);
      assertThat(site.pushed(site.tip(MAIN), site.tip(MAIN)).output("outcome"))
          .isEqualTo("skipped");
      assertThat(site.tip("refs/heads/optr/ledger")).isEqualTo(side);
    }
  }

  /** Merged with a commit of its own, squashed, or not at all. */
  private static void end(ServedSite site, long number) {
    if (number % 3 == 0) {
      assertThat(site.closed(number, null).log()).contains("#" + number + " closed");
      return;
    }
    String before = site.tip(MAIN);
    String merge = site.merge(number, number % 3 == 1);
    assertThat(site.closed(number, merge).log()).contains("#" + number + " merged");
    ServedSite.Ran pushed = site.pushed(before, merge);
    assertThat(pushed.exit()).as(pushed.log()).isZero();
  }
}
