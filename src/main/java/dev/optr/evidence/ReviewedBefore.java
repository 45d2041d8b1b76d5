package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.workflow.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Constraints in words that other processes had judged: nobody is asked again, and what was said
 * stands whatever else is found out.
 */
final class ReviewedBefore implements Reviews {
  private static final String MISSING = "it was not judged when the paths were proposed";

  private final List<Constraint.Prose> constraints;
  private final Reviewing.Before before;

  ReviewedBefore(List<Constraint.Prose> constraints, Reviewing.Before before) {
    this.constraints = List.copyOf(constraints);
    this.before = before;
  }

  /** Nothing else decides: what was spared then leaves the path undecided now. */
  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found) {
    return recorded(candidate).stream().map(ReviewedBefore::decided).toList();
  }

  @Override
  public List<Finding> ofHead() {
    return recorded(before.head().checks(), before.head().whyNot());
  }

  @Override
  public List<Finding> notRun(Candidate candidate, String because) {
    return recorded(candidate);
  }

  @Override
  public Optional<List<Finding>> settled(String tree) {
    return Optional.empty();
  }

  @Override
  public List<PeerReview.Reviewed> all() {
    return List.of();
  }

  private static Finding decided(Finding finding) {
    return finding.check().result() == Check.Result.NOT_RUN
        ? Finding.unknown(finding.check().id(), MISSING)
        : finding;
  }

  private List<Finding> recorded(Candidate candidate) {
    return before.lanes().stream()
        .filter(lane -> lane.candidate().agent().equals(candidate.agent()))
        .findFirst()
        .map(lane -> recorded(lane.checks(), lane.whyNot()))
        .orElseGet(() -> recorded(List.of(), List.of()));
  }

  private List<Finding> recorded(List<Check> checks, List<WhyNot> whyNot) {
    List<Finding> findings = new ArrayList<>();
    for (Constraint.Prose constraint : constraints) {
      Optional<Check> judged =
          checks.stream().filter(check -> check.id().equals(constraint.id())).findFirst();
      if (judged.isPresent()) {
        findings.add(
            new Finding(
                judged.get(),
                whyNot.stream().filter(reason -> reason.rule().equals(constraint.id())).toList()));
      } else if (!constraint.advisory()) {
        findings.add(Finding.unknown(constraint.id(), MISSING));
      }
    }
    return findings;
  }
}
