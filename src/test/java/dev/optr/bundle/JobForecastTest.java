package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.optr.base.UserException;
import dev.optr.record.PastCosts;
import dev.optr.record.Seen;
import dev.optr.testing.SamplePolicy;
import dev.optr.workflow.Invariant;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class JobForecastTest {
  @Test
  void hasARowForTheFrozenCommitAndOneOrTwoForEachLane() {
    JobForecast forecast =
        JobForecast.of(List.of("anna", "bert"), invariants(2), List.of(), PastCosts.none());

    assertThat(forecast.rows()).isEqualTo(new JobForecast.Range(3, 5));
    assertThat(forecast.jobs()).isEqualTo(new JobForecast.Range(6, 10));
    assertThat(forecast.all().jobs())
        .extracting(JobForecast.Job::name)
        .contains("optr-verify (head, i0)", "optr-verify (bert+frozen-tests, i1)");
  }

  @Test
  void multipliesByImages() {
    JobForecast forecast =
        JobForecast.of(List.of("anna"), invariants(2), List.of("x", "y"), PastCosts.none());

    assertThat(forecast.jobs()).isEqualTo(new JobForecast.Range(8, 12));
  }

  @Test
  void roundsEveryJobUp() {
    Map<String, Seen> head = Map.of("i0", seen(60_000), "i1", seen(60_001));
    Map<String, Seen> paths = Map.of("i0", seen(1), "i1", seen(180_000));

    JobForecast forecast =
        JobForecast.of(List.of("anna"), invariants(2), List.of(), past(head, paths));

    assertThat(forecast.all().jobs())
        .extracting(JobForecast.Job::name, JobForecast.Job::minutes, JobForecast.Job::isKnown)
        .containsExactly(
            tuple("optr-verify (head, i0)", 1L, true),
            tuple("optr-verify (head, i1)", 2L, true),
            tuple("optr-verify (anna, i0)", 1L, true),
            tuple("optr-verify (anna, i1)", 3L, true),
            tuple("optr-verify (anna+frozen-tests, i0)", 1L, true),
            tuple("optr-verify (anna+frozen-tests, i1)", 3L, true));
    assertThat(forecast.minutes()).isEqualTo(new JobForecast.Range(7, 11));
    assertThat(forecast.slowest()).isEqualTo(180_000);
    assertThat(forecast.unknown()).isZero();
  }

  @Test
  void takesOneKindOfTreeForTheOther() {
    JobForecast forecast =
        JobForecast.of(
            List.of("anna"),
            invariants(2),
            List.of(),
            past(Map.of("i0", seen(61_000)), Map.of("i1", seen(121_000))));

    assertThat(forecast.minutes()).isEqualTo(new JobForecast.Range(10, 15));
  }

  @Test
  void countsTheLeastForWhatNobodySaw() {
    JobForecast forecast =
        JobForecast.of(
            List.of("anna"), invariants(2), List.of(), past(Map.of("i0", seen(1)), Map.of()));

    assertThat(forecast.minutes()).isEqualTo(new JobForecast.Range(4, 6));
    assertThat(forecast.unknown()).isEqualTo(3);
  }

  @Test
  void addsUpTheStepsOfOneJobBeforeItRounds() {
    Map<String, Seen> seen = new HashMap<>();
    invariants(100).forEach(invariant -> seen.put(invariant.id(), seen(20_000)));

    JobForecast forecast =
        JobForecast.of(List.of("anna"), invariants(100), List.of(), past(seen, seen));

    // 3 rows of 85 jobs, of which 15 have two steps of 20 s.
    assertThat(forecast.jobs()).isEqualTo(new JobForecast.Range(200, 255));
    assertThat(forecast.slowest()).isEqualTo(40_000);
    assertThat(forecast.all().matrix().notices()).hasSize(1);
  }

  @Test
  void setsEveryJobUpOnce() {
    Map<String, Seen> seen = new HashMap<>();
    invariants(100).forEach(invariant -> seen.put(invariant.id(), seen(20_000)));
    PastCosts past = new PastCosts(1, List.of(), seen, seen, seen(45_000), Map.of(), Seen.NOTHING);

    JobForecast alone = JobForecast.of(List.of(), invariants(1), List.of(), past);
    JobForecast together = JobForecast.of(List.of("anna"), invariants(100), List.of(), past);

    assertThat(alone.slowest()).isEqualTo(65_000);
    assertThat(alone.minutes()).isEqualTo(new JobForecast.Range(2, 2));
    // Of 85 jobs for one row 15 have two steps of 20 s.
    assertThat(together.slowest()).isEqualTo(85_000);
    assertThat(together.minutes()).isEqualTo(new JobForecast.Range(400, 510));
  }

  @Test
  void setsUpAlsoWhatNobodySaw() {
    PastCosts past =
        new PastCosts(1, List.of(), Map.of(), Map.of(), seen(61_000), Map.of(), Seen.NOTHING);

    JobForecast forecast = JobForecast.of(List.of(), invariants(1), List.of(), past);

    assertThat(forecast.minutes()).isEqualTo(new JobForecast.Range(2, 2));
    assertThat(forecast.unknown()).isEqualTo(1);
  }

  @Test
  void isFromTheLeastToTheMostWhereMoreRowsAreFewerJobs() {
    JobForecast forecast =
        JobForecast.of(List.of("anna"), invariants(128), List.of(), PastCosts.none());

    assertThat(forecast.all().jobs()).hasSize(255);
    assertThat(forecast.jobs()).isEqualTo(new JobForecast.Range(255, 256));
  }

  @Test
  void isRefusedWhereJobsCannotVerifySoMuch() {
    List<String> lanes = IntStream.range(0, 128).mapToObj(i -> "a" + i).toList();

    assertThatThrownBy(() -> JobForecast.of(lanes, invariants(1), List.of(), PastCosts.none()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("matrix: 257 rows");
  }

  @Property(tries = 300)
  void isOrderedAndAddsUp(
      @ForAll @IntRange(max = 20) int lanes,
      @ForAll @IntRange(max = 40) int invariants,
      @ForAll @IntRange(max = 3) int images,
      @ForAll @Size(max = 40) List<@LongRange(max = 40_000_000) Long> head,
      @ForAll @Size(max = 40) List<@LongRange(max = 40_000_000) Long> paths) {
    int lines = (1 + 2 * lanes) * Math.max(1, images);
    Assume.that(lines * ((invariants + 7) / 8) <= Matrix.MOST_JOBS);
    JobForecast forecast =
        JobForecast.of(
            IntStream.range(0, lanes).mapToObj(i -> "a" + i).toList(),
            invariants(invariants),
            IntStream.range(0, images).mapToObj(i -> "image" + i).toList(),
            past(byInvariant(head), byInvariant(paths)));

    assertThat(forecast.jobs().least()).isLessThanOrEqualTo(forecast.jobs().most());
    assertThat(forecast.minutes().least()).isLessThanOrEqualTo(forecast.minutes().most());
    assertThat(forecast.jobs().most()).isLessThanOrEqualTo(Matrix.MOST_JOBS);
    for (JobForecast.Case some : forecast.cases()) {
      assertThat(some.minutes())
          .isEqualTo(some.jobs().stream().mapToLong(JobForecast.Job::minutes).sum())
          .isBetween(forecast.minutes().least(), forecast.minutes().most());
      assertThat((long) some.jobs().size())
          .isBetween(forecast.jobs().least(), forecast.jobs().most());
      long exact = some.jobs().stream().mapToLong(JobForecast.Job::millis).sum();
      assertThat(some.minutes() * 60_000).isGreaterThanOrEqualTo(exact);
      assertThat((some.minutes() - some.jobs().size()) * 60_000).isLessThanOrEqualTo(exact);
      for (JobForecast.Job job : some.jobs()) {
        assertThat(job.millis()).isLessThanOrEqualTo(forecast.slowest());
      }
    }
  }

  private static Map<String, Seen> byInvariant(List<Long> millis) {
    Map<String, Seen> seen = new HashMap<>();
    for (int i = 0; i < millis.size(); i++) {
      seen.put("i" + i, seen(millis.get(i)));
    }
    return seen;
  }

  private static PastCosts past(Map<String, Seen> head, Map<String, Seen> paths) {
    return new PastCosts(1, List.of(), head, paths, Seen.NOTHING, Map.of(), Seen.NOTHING);
  }

  private static Seen seen(long millis) {
    return new Seen(List.of(BigDecimal.valueOf(millis)));
  }

  private static List<Invariant> invariants(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> SamplePolicy.command("i" + i, "true", Duration.ofMinutes(10)))
        .toList();
  }
}
