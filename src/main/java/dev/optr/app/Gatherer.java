package dev.optr.app;

import dev.optr.bundle.Bundle;
import dev.optr.bundle.BundleWriter;
import dev.optr.bundle.Gathering;
import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.Reviewing;
import dev.optr.evidence.Row;
import dev.optr.evidence.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Phase gather: bundles of lanes that were asked in jobs of their own become one. */
final class Gatherer {
  private final ExpectedBundle expected;
  private final BundleWriter writer;

  Gatherer(ExpectedBundle expected, BundleWriter writer) {
    this.expected = expected;
    this.writer = writer;
  }

  /**
   * @param digests by directory, as they came another way than the bundles
   */
  Proposing.Proposed gather(Map<Path, String> digests, Path directory) {
    List<Bundle> bundles = new ArrayList<>();
    digests.forEach((from, digest) -> bundles.add(expected.read(from, digest)));
    Bundle gathered = Gathering.merge(bundles, this::rows);
    return new Proposing.Proposed(writer.write(directory, gathered), gathered);
  }

  private List<Row> rows(List<Examined> lanes) {
    Reviewing reviewing = new Reviewing.Before(lanes, new HeadExamined(List.of(), List.of()));
    return expected
        .prepared()
        .wiring()
        .examiner(
            expected.prepared(),
            expected.trees(),
            new Verification.Later(),
            Optional.empty(),
            reviewing)
        .rows(lanes);
  }
}
