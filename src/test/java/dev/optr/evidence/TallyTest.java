package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Exchange;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Judgement;
import dev.optr.agents.Judges.Asked;
import dev.optr.agents.Verdict;
import dev.optr.evidence.Check.Opinion;
import dev.optr.evidence.Check.Result;
import dev.optr.evidence.Check.Vote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private static final String QUOTE = "quoted words";
  private static final Exchange EXCHANGE = Exchange.none(Instant.EPOCH);
  private static final Quotes QUOTES =
      new Quotes(
          ShownChange.of(
              "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n+%s\n"
                  .formatted(QUOTE)));

  @Test
  void moreThanHalfOfWhatCountsDecides() {
    assertThat(result(same("a", true))).isEqualTo(Result.HELD);
    assertThat(result(same("a", false))).isEqualTo(Result.BROKEN);
    assertThat(result(same("a", true), same("b", true), same("c", false))).isEqualTo(Result.HELD);
    assertThat(result(same("a", true), same("b", false))).isEqualTo(Result.UNKNOWN);
    assertThat(result(same("a", true), same("b", null))).isEqualTo(Result.UNKNOWN);
    assertThat(result(same("a", false), same("b", false), same("c", null)))
        .isEqualTo(Result.BROKEN);
    assertThat(result()).isEqualTo(Result.UNKNOWN);
  }

  @Test
  void whatIsVoidOrFailedDoesNotCount() {
    Asked failed = new Asked("f", given(true, QUOTE, false), failed());
    Asked empty = new Asked("v", given(true, QUOTE, false), given(true, "", false));
    assertThat(result(same("a", true), failed, empty)).isEqualTo(Result.HELD);
    assertThat(result(failed, empty)).isEqualTo(Result.UNKNOWN);
    Tally tally = tally(false, failed, empty);
    assertThat(tally.opinions()).extracting(Opinion::vote).containsExactly(Vote.FAILED, Vote.VOID);
    assertThat(tally.because())
        .containsExactly(
            "0 judged it held, 0 broken, 0 could not tell, 2 did not count",
            "'f': failed: TIMEOUT: late",
            "'v': its quote is shorter than 8 characters");
  }

  @Test
  void whoDiffersWithTheOrderCouldNotTell() {
    Asked turning = new Asked("a", given(true, QUOTE, false), given(false, QUOTE, false));
    assertThat(tally(false, turning).opinions())
        .extracting(Opinion::vote)
        .containsExactly(Vote.UNKNOWN);
  }

  @Test
  void whoDidNotSeeAllCannotSayThatItHolds() {
    Asked held = new Asked("a", given(true, QUOTE, true), given(true, QUOTE, false));
    Asked broken = new Asked("b", given(false, QUOTE, true), given(false, QUOTE, true));
    assertThat(result(held)).isEqualTo(Result.UNKNOWN);
    assertThat(result(broken)).isEqualTo(Result.BROKEN);
    assertThat(tally(true, same("a", true)).result()).isEqualTo(Result.UNKNOWN);
    assertThat(tally(true, same("a", false)).result()).isEqualTo(Result.BROKEN);
  }

  private static Result result(Asked... asked) {
    return tally(false, asked).result();
  }

  private static Tally tally(boolean incomplete, Asked... asked) {
    return Tally.of("c1", List.of(asked), QUOTES, incomplete);
  }

  private static Asked same(String judge, @Nullable Boolean held) {
    return new Asked(judge, given(held, QUOTE, false), given(held, QUOTE, false));
  }

  private static Judgement given(@Nullable Boolean held, String quote, boolean partial) {
    return new Judgement.Given(List.of(new Verdict("c1", held, quote)), partial, EXCHANGE);
  }

  private static Judgement failed() {
    return new Judgement.Failed(FailureCode.TIMEOUT, "late", EXCHANGE);
  }
}
