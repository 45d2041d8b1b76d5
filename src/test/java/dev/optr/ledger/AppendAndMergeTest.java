package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever branches append and merge, the ledger stays intact. */
final class AppendAndMergeTest {
  private final LedgerVerifier verifier = new LedgerVerifier();

  @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
  void everySequenceOfAppendsAndMergesVerifies(
      @ForAll @IntRange(min = 1, max = 3) int branches,
      @ForAll @Size(max = 12) List<@IntRange(max = 11) Integer> steps,
      @ForAll boolean signed) {
    LedgerAppender appender =
        new LedgerAppender(
            verifier,
            Layout.PER_PR,
            signed ? Optional.of(Keys.CI_1) : Optional.empty(),
            Optional.empty());
    List<List<Container>> tips = new ArrayList<>(Collections.nCopies(branches, List.of()));
    Set<String> entries = new LinkedHashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      int branch = steps.get(i) % branches;
      int other = steps.get(i) / 3 % branches;
      if (other == branch) {
        RunEvent event = Samples.pullRequest(branch + 1, i + 1L);
        Receipt receipt =
            LedgerAppenderTest.receipt(
                appender.append(
                    tips.get(branch),
                    List.of(),
                    event,
                    Samples.NOON.plusSeconds(branch * 100L - i)));
        entries.add(receipt.entryId());
        tips.set(branch, merged(tips.get(branch), List.of(receipt.container())));
      } else {
        tips.set(branch, merged(tips.get(branch), tips.get(other)));
      }
      check(tips.get(branch));
    }
    List<Container> all = tips.stream().reduce(List.of(), AppendAndMergeTest::merged);
    Verification union = check(all);
    assertThat(union.size()).isEqualTo(entries.isEmpty() ? 0 : entries.size() + 1);
  }

  private Verification check(List<Container> containers) {
    Verification verification =
        verifier.verify(containers, VerifyOptions.standard().allowingTofu());
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.result())
        .isEqualTo(containers.isEmpty() ? Verification.Result.UNDECIDED : Verification.Result.OK);
    return verification;
  }

  /** As git merges files that only one side writes: the longer one holds the other. */
  private static List<Container> merged(List<Container> ours, List<Container> theirs) {
    Map<String, Bytes> files = new LinkedHashMap<>();
    for (List<Container> side : List.of(ours, theirs)) {
      side.forEach(
          container ->
              files.merge(
                  container.path(),
                  container.bytes(),
                  (one, two) -> one.size() >= two.size() ? one : two));
    }
    return files.entrySet().stream()
        .map(file -> new Container(file.getKey(), file.getValue()))
        .toList();
  }
}
