package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.UserException;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.Row;
import dev.optr.evidence.WhyNot;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Tool;
import dev.optr.record.Proposals;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatheringTest {
  @TempDir private Path directory;
  private SampleBundles samples;

  @BeforeEach
  void open() {
    samples = new SampleBundles(directory);
  }

  @AfterEach
  void close() {
    samples.close();
  }

  @Test
  void isTheBundleThatOneJobWouldHaveMade() {
    Bundle whole = samples.bundle();
    Bundle codex = written("codex", samples.bundle(List.of(samples.codex(), samples.copilot())));
    Bundle others =
        written(
            "others",
            samples.bundle(List.of(samples.claude("Renew the cookie"), samples.mscopilot())));

    Bundle merged = Gathering.merge(List.of(codex, others), samples::rows);

    assertThat(merged.header()).isEqualTo(whole.header());
    assertThat(samples.write("merged", merged)).isEqualTo(samples.write("whole", whole));
    // Both bundles had a row of their own for one tree, and now there is one.
    assertThat(merged.header().rows())
        .extracting(Row::name)
        .containsExactly("head", "claude", "codex", "codex+frozen-tests");
  }

  @Test
  void doesNotDependOnTheOrderOfBundles() {
    Bundle codex = samples.bundle(List.of(samples.codex()));
    Bundle claude = samples.bundle(List.of(samples.claude("x")));

    assertThat(Gathering.merge(List.of(codex, claude), samples::rows))
        .isEqualTo(Gathering.merge(List.of(claude, codex), samples::rows));
  }

  @Test
  void isOfTheLargestAttempt() {
    Bundle first = samples.bundle(List.of(samples.codex()), samples.intent("x"), 1);
    Bundle third = samples.bundle(List.of(samples.claude("x")), samples.intent("x"), 3);

    assertThat(Gathering.merge(List.of(third, first), samples::rows).header().attempt())
        .isEqualTo(3);
  }

  @Test
  void asksNobodyWhereNobodyWasAsked() {
    Bundle head = samples.headAlone();

    assertThat(Gathering.merge(List.of(head), samples::rows)).isEqualTo(head);
  }

  @Test
  void deniesTheFrozenCommitWhereAnyBundleDoes() {
    Bundle codex = samples.bundle(List.of(samples.codex()));
    HeadExamined denied =
        new HeadExamined(
            codex.head().checks(),
            List.of(new WhyNot(WhyNot.Code.INVARIANT_VIOLATION, "kind", "unkind", "")));
    Bundle claude = samples.bundle(List.of(samples.claude("x")));
    Bundle other =
        Bundle.of(
            claude.header().origin(),
            new Proposals(claude.workflow(), claude.intent(), denied, claude.lanes()),
            true,
            List.of(),
            claude.header().rows());

    assertThat(Gathering.merge(List.of(codex, other), samples::rows).head().admissible()).isFalse();
  }

  @Test
  void refusesALaneTwice() {
    Bundle one = samples.bundle(List.of(samples.codex(), samples.copilot()));
    Bundle two = samples.bundle(List.of(samples.claude("x"), samples.copilot()));

    assertRefused(List.of(one, two), "gather: the lane 'copilot' is in bundle 1 and in bundle 2");
  }

  @Test
  void refusesWhatIsOfAnotherInput() {
    Bundle one = samples.bundle(List.of(samples.codex()));
    BundleHeader.Origin origin = SampleBundles.ORIGIN;
    assertRefused(
        List.of(one, samples.bundle(List.of(), samples.intent("Another wish"), 2)),
        "gather: bundle 2 is of another intent than bundle 1");
    assertRefused(List.of(one, samples.headAlone()), "another list of images");
    assertRefused(
        List.of(
            one,
            of(
                new BundleHeader.Origin(
                    new Tool("optr-executor", "0.9"),
                    new RepositoryId("github.com", 1, "octo/login"),
                    8L,
                    1L,
                    2))),
        "gather: bundle 2 is of another tool than bundle 1",
        "gather: bundle 2 is of another repository than bundle 1",
        "gather: bundle 2 is of another pull request than bundle 1",
        "gather: bundle 2 is of another run than bundle 1");
    assertThat(of(origin).header().origin()).isEqualTo(origin);
  }

  @Test
  void refusesAnotherWorkflowFile() {
    String yaml = SampleBundles.YAML + "# another\n";
    try (SampleBundles other = new SampleBundles(directory.resolve("other"), yaml)) {
      assertRefused(
          List.of(samples.bundle(List.of(samples.codex())), other.bundle(List.of(other.copilot()))),
          "gather: bundle 2 is of another policy than bundle 1",
          "gather: bundle 2 is of another workflow file than bundle 1");
    }
  }

  @Test
  void refusesNothing() {
    assertRefused(List.of(), "gather: name at least one bundle");
  }

  private Bundle of(BundleHeader.Origin origin) {
    Bundle sample = samples.bundle(List.of());
    return Bundle.of(origin, sample.proposals(), true, List.of(), sample.header().rows());
  }

  private Bundle written(String name, Bundle bundle) {
    return samples.read(name, samples.write(name, bundle));
  }

  private void assertRefused(List<Bundle> bundles, String... messages) {
    assertThatThrownBy(() -> Gathering.merge(bundles, samples::rows))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(messages);
  }
}
