package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Examiner;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.JobsTold;
import dev.optr.evidence.Reviewing;
import dev.optr.evidence.Row;
import dev.optr.evidence.Verification;
import dev.optr.record.Proposals;
import dev.optr.testing.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an examiner finds before and after a bundle was on its way. */
final class BundleOfExaminerTest {
  @TempDir private Path directory;

  @Test
  void carriesWhatWasFoundAndLetsJobsSayTheRest() throws Exception {
    try (SampleBundles samples = new SampleBundles(directory)) {
      Bundle sample = samples.bundle();
      Bundle proposed = proposed(samples, sample);

      Bundle read = samples.read("bundle", samples.write("bundle", proposed));

      assertThat(read.header().rows()).isEqualTo(sample.header().rows());
      assertThat(read.head()).isEqualTo(proposed.head());
      assertThat(read.lanes()).noneMatch(Examined::admissible);
      Examiner examiner =
          examiner(
              samples,
              read,
              new Verification.ByJobs(told(read)),
              new Reviewing.Before(read.lanes(), read.head()));
      List<Examined> examined = examine(examiner, read);
      assertThat(examiner.rows(read.lanes())).isEqualTo(read.header().rows());
      assertThat(examiner.settle(examined)).isEqualTo(examined);
      assertThat(examined)
          .filteredOn(Examined::admissible)
          .extracting(lane -> lane.candidate().agent())
          .containsExactly("claude", "codex", "mscopilot");
      assertThat(examiner.examineHead().checks())
          .contains(Samples.held("kind"))
          .allMatch(check -> check.result() == Check.Result.HELD);
    }
  }

  private static Bundle proposed(SampleBundles samples, Bundle sample) throws Exception {
    Examiner examiner =
        examiner(
            samples,
            sample,
            new Verification.Later(),
            new Reviewing.Before(sample.lanes(), sample.head()));
    List<Examined> settled = examiner.settle(examine(examiner, sample));
    HeadExamined head = examiner.examineHead();
    return Bundle.of(
        SampleBundles.ORIGIN,
        new Proposals(sample.workflow(), sample.intent(), head, settled),
        true,
        List.of(),
        examiner.rows(settled));
  }

  private static Examiner examiner(
      SampleBundles samples, Bundle bundle, Verification verification, Reviewing reviewing) {
    return new Examiner(
        bundle.workflow(),
        bundle.intent(),
        List.of("workflow-optr.yaml"),
        samples.frozen(),
        samples.trees(),
        verification,
        Optional.empty(),
        reviewing,
        new Redactor(List.of()),
        () -> 0L);
  }

  private static List<Examined> examine(Examiner examiner, Bundle bundle) throws Exception {
    List<Examined> examined = new ArrayList<>();
    for (Examined lane : bundle.lanes()) {
      examined.add(examiner.examine(lane.candidate()));
    }
    return examined;
  }

  private static JobsTold told(Bundle bundle) {
    List<JobRun> runs = new ArrayList<>();
    for (Matrix.Job job : bundle.matrix().jobs()) {
      job.steps()
          .forEach(
              step ->
                  runs.add(
                      new JobRun(
                          job.row().name(),
                          step.id(),
                          job.image(),
                          2,
                          JobRun.Conclusion.SUCCESS,
                          Samples.STARTED,
                          Samples.STARTED.plusSeconds(30),
                          "runner-1",
                          null,
                          null)));
    }
    List<Row> rows = bundle.header().rows();
    return new JobsTold(rows, List.of(), runs, List.of());
  }
}
