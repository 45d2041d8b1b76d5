package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.evidence.Check.Result;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
  @Test
  void runsOnceWhatHolds() throws Exception {
    assertThat(attempts(3, "h")).isEqualTo("HELD after 1");
  }

  @Test
  void runsOnceWithoutRetries() throws Exception {
    assertThat(attempts(0, "b")).isEqualTo("BROKEN after 1");
  }

  @Test
  void triesAgainAsOftenAsItIsTold() throws Exception {
    assertThat(attempts(2, "bbb")).isEqualTo("BROKEN after 3");
  }

  @Test
  void holdsAfterAFailureOnlyTwiceInARow() throws Exception {
    assertThat(attempts(1, "bhh")).isEqualTo("HELD after 3, flaky");
    assertThat(attempts(1, "bhb")).isEqualTo("BROKEN after 3, flaky");
    assertThat(attempts(2, "bhbhh")).isEqualTo("HELD after 5, flaky");
    assertThat(attempts(2, "bbhh")).isEqualTo("HELD after 4, flaky");
  }

  @Test
  void triesNothingAgainOfWhichNothingIsKnown() throws Exception {
    assertThat(attempts(2, "u")).isEqualTo("UNKNOWN after 1");
    assertThat(attempts(2, "bu")).isEqualTo("UNKNOWN after 2");
    assertThat(attempts(2, "bhu")).isEqualTo("UNKNOWN after 3, flaky");
  }

  @Property
  void neverHoldsAfterAFailureWithoutTwoInARow(
      @ForAll @Size(21) List<Boolean> runs, @ForAll @IntRange(max = 10) int retries)
      throws Exception {
    StringBuilder script = new StringBuilder();
    runs.forEach(held -> script.append(held ? 'h' : 'b'));
    String said = attempts(retries, script.toString());
    int count = Integer.parseInt(said.replaceAll("\\D+", ""));
    String ran = script.substring(0, count);
    assertThat(count).isLessThanOrEqualTo(1 + 2 * retries);
    assertThat(said.startsWith("HELD")).isEqualTo(ran.equals("h") || ran.endsWith("hh"));
    assertThat(said.endsWith("flaky")).isEqualTo(ran.contains("b") && ran.contains("h"));
  }

  /** Plays runs that held, were broken or unknown. */
  private static String attempts(int retries, String script) throws InterruptedException {
    Iterator<Integer> runs = script.chars().iterator();
    Attempts attempts =
        Attempts.of(
            ended(runs.next()),
            () -> Optional.of(ended(runs.next())),
            retries,
            AttemptsTest::outcome);
    assertThat(attempts.durationMs()).isEqualTo(7L * attempts.count());
    return outcome(attempts.result())
        + " after "
        + attempts.count()
        + (attempts.flaky() ? ", flaky" : "");
  }

  private static CommandResult.Ended ended(int code) {
    return new CommandResult.Ended(
        new Check.Command(code, false, ""), 7, new TestReading.Nothing());
  }

  private static Result outcome(CommandResult result) {
    Integer code = ((CommandResult.Ended) result).command().exitCode();
    return switch (code == null ? 'u' : code) {
      case 'h' -> Result.HELD;
      case 'b' -> Result.BROKEN;
      default -> Result.UNKNOWN;
    };
  }
}
