package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.CanonicalJson;
import dev.optr.base.UserException;
import dev.optr.evidence.Row;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.Samples;
import dev.optr.workflow.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class MatrixTest {
  private static final String COMMIT = Samples.COMMIT;

  @Test
  void hasOneJobForEachRowAndInvariant() {
    Matrix matrix = Matrix.of(rows(2), invariants(2), List.of());

    assertThat(matrix.notices()).isEmpty();
    assertThat(matrix.jobs())
        .extracting(Matrix.Job::name)
        .containsExactly(
            "optr-verify (row0, check0)",
            "optr-verify (row0, check1)",
            "optr-verify (row1, check0)",
            "optr-verify (row1, check1)");
  }

  @Test
  void isWhatAWorkflowTakes() {
    Invariant invariant = SamplePolicy.command("tests", "mvn verify", Duration.ofSeconds(61));
    Row row = new Row("codex+frozen-tests", "b".repeat(40), List.of("codex"));

    assertThat(
            CanonicalJson.text(
                Matrix.of(List.of(row), List.of(invariant), List.of("macos-15")).json(COMMIT)))
        .isEqualTo(
            """
            {"include":[{"commit":"%s","image":"macos-15",\
            "name":"optr-verify (codex+frozen-tests, tests, macos-15)",\
            "row":"codex+frozen-tests",\
            "steps":[{"id":"tests","minutes":2,"run":"mvn verify"}],"tree":"%s"}]}"""
                .formatted(COMMIT, "b".repeat(40)));
    assertThat(
            CanonicalJson.text(Matrix.of(List.of(row), List.of(invariant), List.of()).json(COMMIT)))
        .contains("\"image\":null");
  }

  @Test
  void roundsMinutesUp() {
    assertThat(minutes(Duration.ofMillis(1))).isEqualTo("1");
    assertThat(minutes(Duration.ofSeconds(60))).isEqualTo("1");
    assertThat(minutes(Duration.ofSeconds(60).plusNanos(1))).isEqualTo("2");
    assertThat(minutes(Duration.ofHours(6))).isEqualTo("360");
  }

  @Test
  void putsInvariantsTogetherOnlyWhereThereIsNoRoom() {
    Matrix full = Matrix.of(rows(64), invariants(4), List.of());
    assertThat(full.jobs()).hasSize(256);
    assertThat(full.notices()).isEmpty();

    Matrix batched = Matrix.of(rows(65), invariants(4), List.of());
    assertThat(batched.jobs()).hasSize(195);
    assertThat(batched.jobs().subList(0, 3))
        .extracting(Matrix.Job::name)
        .containsExactly(
            "optr-verify (row0, check0+check1)",
            "optr-verify (row0, check2)",
            "optr-verify (row0, check3)");
    assertThat(batched.notices())
        .containsExactly(
            "one job for each row, invariant and image would be 260 jobs, and a run can have 256:"
                + " up to 2 invariants run one after another in one job, where each can spoil the"
                + " next");
  }

  @Test
  void saysWhatIsTooMuch() {
    assertThatThrownBy(() -> Matrix.of(rows(64), invariants(11), List.of("a", "b", "c")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "matrix: 64 rows x 11 invariants x 3 images are more than 256 jobs of 8 steps; name"
                + " fewer agents, invariants or images");
    assertThatThrownBy(() -> Matrix.of(rows(257), invariants(1), List.of()))
        .isInstanceOf(UserException.class);
  }

  @Test
  void saysWhatIsTooLargeForAnOutput() {
    Invariant invariant =
        SamplePolicy.command("a", "echo " + "x".repeat(4000), Duration.ofMinutes(1));
    Matrix matrix = Matrix.of(rows(200), List.of(invariant), List.of());

    assertThatThrownBy(() -> matrix.json(COMMIT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("and a job can give out 480000; move long commands");
  }

  @Test
  void hasNoJobsWhereThereIsNothingToRun() {
    assertThat(Matrix.of(rows(3), List.of(), List.of()).jobs()).isEmpty();
  }

  @Test
  void refusesImagesThatAreNoLabels() {
    for (String image : List.of("", "a b", "a,b", "a)", "${{ x }}", "-a", "x".repeat(101), "ü")) {
      assertThatThrownBy(() -> Matrix.of(rows(1), invariants(1), List.of(image)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("images: expected different runner labels");
    }
    assertThatThrownBy(() -> Matrix.of(rows(1), invariants(1), List.of("a", "a")))
        .isInstanceOf(UserException.class);
  }

  @Property
  void runsEveryRowInvariantAndImageOnce(
      @ForAll @IntRange(min = 1, max = 140) int rows,
      @ForAll @IntRange(min = 0, max = 40) int invariants,
      @ForAll @IntRange(min = 0, max = 4) int images) {
    int columns = Math.max(1, images);
    boolean fits = rows * columns * ((invariants + 7) / 8) <= Matrix.MOST_JOBS;
    if (!fits) {
      assertThatThrownBy(() -> matrix(rows, invariants, images)).isInstanceOf(UserException.class);
      return;
    }
    Matrix matrix = matrix(rows, invariants, images);
    assertThat(matrix.jobs()).hasSizeLessThanOrEqualTo(Matrix.MOST_JOBS);
    assertThat(matrix).isEqualTo(matrix(rows, invariants, images));
    List<String> seen = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Matrix.Job job : matrix.jobs()) {
      assertThat(job.steps()).hasSizeBetween(1, Matrix.MOST_STEPS);
      assertThat(names.add(job.name())).isTrue();
      job.steps().forEach(step -> seen.add(job.row().name() + step.id() + job.image()));
    }
    assertThat(seen).doesNotHaveDuplicates().hasSize(rows * columns * invariants);
    boolean together = matrix.jobs().stream().anyMatch(job -> job.steps().size() > 1);
    assertThat(together).isEqualTo(rows * columns * invariants > Matrix.MOST_JOBS);
    assertThat(matrix.notices()).hasSize(together ? 1 : 0);
  }

  private static Matrix matrix(int rows, int invariants, int images) {
    return Matrix.of(
        rows(rows),
        invariants(invariants),
        IntStream.range(0, images).mapToObj(i -> "image-" + i).toList());
  }

  private static String minutes(Duration timeout) {
    Matrix matrix =
        Matrix.of(rows(1), List.of(SamplePolicy.command("a", "true", timeout)), List.of());
    return CanonicalJson.text(matrix.json(COMMIT)).replaceAll(".*\"minutes\":(\\d+).*", "$1");
  }

  private static List<Row> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Row("row" + i, Samples.objectId("row" + i), List.of("row" + i)))
        .toList();
  }

  private static List<Invariant> invariants(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> SamplePolicy.command("check" + i, "true", Duration.ofMinutes(10)))
        .toList();
  }
}
