package dev.optr.app;

import dev.optr.bundle.Bundle;
import dev.optr.evidence.Examiner;
import dev.optr.evidence.JobsTold;
import dev.optr.evidence.OtherHeads;
import dev.optr.evidence.Reviewing;
import dev.optr.evidence.Verification;
import dev.optr.git.TreeStore;
import java.util.Optional;

/** Agents were asked in a phase before this one, and jobs ran the commands. */
final class BundledCourse implements Course {
  private static final String ISOLATION = "jobs";

  private final Prepared prepared;
  private final TreeStore trees;
  private final Bundle bundle;
  private final JobsTold told;

  BundledCourse(Prepared prepared, TreeStore trees, Bundle bundle, JobsTold told) {
    this.prepared = prepared;
    this.trees = trees;
    this.bundle = bundle;
    this.told = told;
  }

  @Override
  public boolean asks(Optional<PastRuns> past) {
    return bundle.header().asked();
  }

  @Override
  public void require() {
    // Whoever made the bundle has seen to it.
  }

  @Override
  public LaneSource lanes() {
    return new LaneSource.Bundled(bundle.lanes());
  }

  @Override
  public String isolation() {
    return ISOLATION;
  }

  @Override
  public String shownIsolation() {
    return "a job for each row and invariant, on runners of your own";
  }

  @Override
  public Examiner examiner(Optional<OtherHeads.Source> others) {
    return prepared
        .wiring()
        .examiner(
            prepared,
            trees,
            new Verification.ByJobs(told),
            others,
            new Reviewing.Before(bundle.lanes(), bundle.head()));
  }

  @Override
  public Examiner headExaminer() {
    return examiner(Optional.empty());
  }
}
