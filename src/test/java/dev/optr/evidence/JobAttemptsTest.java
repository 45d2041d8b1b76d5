package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.evidence.Check.Result;
import dev.optr.evidence.JobRun.Conclusion;
import dev.optr.workflow.Invariant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Runs that were told of, as many as there happen to be. */
final class JobAttemptsTest {
  @Property
  void theFirstDecidesWhateverItConcludedUnlessRetriesAreAllowed(
      @ForAll @Size(min = 1, max = 12) List<Conclusion> told) throws Exception {
    Attempts attempts = attempts(told, 0);
    assertThat(attempts.count()).isEqualTo(1);
    assertThat(result(attempts)).isEqualTo(result(attempts(told.subList(0, 1), 5)));
  }

  @Property
  void whatRunsLaterThanWhatCountsChangesNothing(
      @ForAll @Size(min = 1, max = 12) List<Conclusion> told,
      @ForAll @IntRange(max = 5) int retries,
      @ForAll @Size(max = 12) List<Conclusion> later)
      throws Exception {
    Attempts attempts = attempts(told, retries);
    if (attempts.count() < told.size()) {
      List<Conclusion> others = new ArrayList<>(told.subList(0, attempts.count()));
      assertThat(attempts(others, retries)).isEqualTo(attempts);
      others.addAll(later);
      assertThat(attempts(others, retries)).isEqualTo(attempts);
    }
  }

  @Property
  void neverHoldsAfterAFailureWithoutTwoInARow(
      @ForAll @Size(min = 1, max = 12) List<Conclusion> told,
      @ForAll @IntRange(max = 5) int retries)
      throws Exception {
    Attempts attempts = attempts(told, retries);
    assertThat(attempts.count()).isBetween(1, Math.min(told.size(), 1 + 2 * retries));
    String counted =
        told.subList(0, attempts.count()).stream()
            .map(JobAttemptsTest::letter)
            .collect(Collectors.joining());
    if (result(attempts) == Result.HELD) {
      assertThat(counted).matches("h|b.*hh");
    }
    assertThat(attempts.flaky()).isEqualTo(counted.matches("b.*h.*"));
    if (told.getFirst() != Conclusion.SUCCESS && told.getFirst() != Conclusion.FAILURE) {
      assertThat(result(attempts)).isNotEqualTo(Result.HELD);
    }
  }

  /** Held, broken or unknown. */
  private static String letter(Conclusion conclusion) {
    return switch (conclusion) {
      case SUCCESS -> "h";
      case FAILURE -> "b";
      case TIMED_OUT, CANCELLED, SKIPPED, UNKNOWN -> "u";
    };
  }

  private static Attempts attempts(List<Conclusion> told, int retries) throws InterruptedException {
    Invariant invariant = JobsFixture.tests(retries);
    List<CommandResult.Told> results = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      results.add(
          JobOutcome.of(
              invariant, JobsFixture.run("claude", i + 1, told.get(i)), Optional.empty()));
    }
    Iterator<CommandResult.Told> again = results.subList(1, results.size()).iterator();
    return Attempts.of(
        results.getFirst(),
        () -> again.hasNext() ? Optional.of(again.next()) : Optional.empty(),
        retries,
        result -> CommandOutcome.of(invariant, result, result).result());
  }

  private static Result result(Attempts attempts) {
    return CommandOutcome.of(JobsFixture.tests(0), attempts.result(), attempts.result()).result();
  }
}
