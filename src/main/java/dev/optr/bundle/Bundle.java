package dev.optr.bundle;

import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.Row;
import dev.optr.intent.Intent;
import dev.optr.record.Proposals;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * A run on its way to the machines that verify it, and back: lanes are captured, judged and
 * settled; nothing was run, and nothing is selected.
 */
public record Bundle(BundleHeader header, Proposals proposals) {
  public Bundle {
    BundleHeader expected =
        BundleHeader.of(header.origin(), proposals, header.asked(), header.images(), header.rows());
    if (!expected.equals(header)) {
      throw new IllegalArgumentException("the header is of other proposals: " + header);
    }
  }

  /**
   * @param asked false where no agent was to be asked
   * @param images runner labels, where there are several
   * @param rows what is to be verified; the first is {@code head}
   */
  public static Bundle of(
      BundleHeader.Origin origin,
      Proposals proposals,
      boolean asked,
      List<String> images,
      List<Row> rows) {
    return new Bundle(BundleHeader.of(origin, proposals, asked, images, rows), proposals);
  }

  public Workflow workflow() {
    return proposals.workflow();
  }

  public Intent intent() {
    return proposals.intent();
  }

  /** In the order of the workflow file; those that were asked. */
  public List<Examined> lanes() {
    return proposals.lanes();
  }

  public HeadExamined head() {
    return proposals.head();
  }

  public Optional<Row> row(String name) {
    return header.rows().stream().filter(row -> row.name().equals(name)).findFirst();
  }

  /** The jobs that are to verify it. */
  public Matrix matrix() {
    return Matrix.of(header.rows(), proposals.intent().invariants(), header.images());
  }
}
