package dev.optr.evidence;

import dev.optr.agents.Answer;
import dev.optr.agents.Proposal;
import dev.optr.base.Glob;
import dev.optr.base.Redactor;
import dev.optr.datalake.Candidate;
import dev.optr.git.FrozenTree;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Examines candidates about one frozen tree, and the frozen commit itself: cheapest checks first,
 * commands only where nothing has decided yet. Every reason is reported, not the first. Safe for
 * use by many lanes at once.
 */
public final class Examiner {
  // An empty list holds in whole; nothing green without proof all the same.
  private static final WhyNot UNEXAMINED =
      new WhyNot(
          WhyNot.Code.MISSING_CANON_PREREQS,
          "invariants",
          "the workflow file has no invariant, so nothing was found out about this commit",
          "");

  private final PathsAllowed pathsAllowed;
  private final NoSecrets noSecrets;
  private final Bounds bounds;
  private final List<Constraint> constraints;
  private final Commands commands;
  private final LongSupplier nanoTime;

  /**
   * @param workflowFiles paths of the workflow file in this repository; none where it lies outside
   * @param frozen the whole frozen tree, not a view of it
   * @param redactor knows this run's own credentials
   * @param nanoTime monotonic, in nanoseconds
   * @throws dev.optr.base.UserException where {@code protected} lifts what is not built in
   */
  public Examiner(
      Workflow policy,
      List<String> workflowFiles,
      FrozenTree frozen,
      CommandPolicy commandPolicy,
      CommandRunner runner,
      Redactor redactor,
      LongSupplier nanoTime) {
    this.pathsAllowed =
        new PathsAllowed(
            ProtectedPaths.of(workflowFiles, policy.protectedPaths()),
            policy.scope().stream().map(Glob::of).toList());
    this.noSecrets = new NoSecrets(frozen, redactor);
    this.bounds = new Bounds(policy.optr().bounds());
    this.constraints =
        policy.constraints().stream().filter(constraint -> !constraint.advisory()).toList();
    this.commands =
        new Commands(
            policy.invariants(), commandPolicy, runner, frozen.tree(), new Repeat(frozen.commit()));
    this.nanoTime = nanoTime;
  }

  /** Built-in protected entries that the workflow file lifted, for the table. */
  public List<String> lifted() {
    return pathsAllowed.protectedPaths().lifted();
  }

  /**
   * @throws InterruptedException when the lane's time is over; commands that ran have been ended
   */
  public Examined examine(Candidate candidate) throws InterruptedException {
    return switch (candidate.answer()) {
      case Answer.Proposed proposed -> examineProposal(candidate, proposed.proposal());
      case Answer.Declined _, Answer.Failed _, Answer.NotAsked _ ->
          new Examined(candidate, List.of(), List.of());
    };
  }

  /** The frozen commit: nobody proposed it, so it is judged by constraints and invariants alone. */
  public HeadExamined examineHead() throws InterruptedException {
    List<Finding> findings = new ArrayList<>(unjudged());
    findings.addAll(commands.onFrozenCommit());
    return new HeadExamined(
        checks(findings), findings.isEmpty() ? List.of(UNEXAMINED) : whyNots(findings));
  }

  private Examined examineProposal(Candidate candidate, Proposal proposal)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(PatchApplies.examine(candidate, proposal));
    findings.add(examinePaths(candidate));
    findings.add(examineSecrets(candidate, proposal));
    findings.addAll(unjudged());
    List<WhyNot> exceeded = bounds.exceededBy(candidate);
    findings.addAll(examineCommands(candidate, findings, exceeded));
    List<WhyNot> whyNot = new ArrayList<>(whyNots(findings));
    whyNot.addAll(exceeded);
    return new Examined(candidate, checks(findings), whyNot);
  }

  private Finding examinePaths(Candidate candidate) {
    return candidate.tree() == null
        ? Finding.notRun(PathsAllowed.ID, "there is no tree")
        : timed(PathsAllowed.ID, () -> pathsAllowed.examine(candidate));
  }

  private Finding examineSecrets(Candidate candidate, Proposal proposal) {
    return timed(NoSecrets.ID, () -> noSecrets.examine(candidate, proposal));
  }

  private Finding timed(String id, Supplier<List<WhyNot>> check) {
    long start = nanoTime.getAsLong();
    List<WhyNot> whyNot = check.get();
    long durationMs = Duration.ofNanos(nanoTime.getAsLong() - start).toMillis();
    return whyNot.isEmpty() ? Finding.held(id, durationMs) : Finding.broken(id, whyNot, durationMs);
  }

  private List<Finding> examineCommands(
      Candidate candidate, List<Finding> before, List<WhyNot> exceeded)
      throws InterruptedException {
    for (Finding finding : before) {
      if (!finding.check().held()) {
        return commands.notRun("'" + finding.check().id() + "' does not hold");
      }
    }
    String tree = candidate.tree();
    if (tree == null) {
      throw new IllegalStateException("a patch that applies has a tree");
    }
    return exceeded.isEmpty()
        ? commands.onTree(tree)
        : commands.notRun("'" + exceeded.getFirst().rule() + "' is exceeded or unknown");
  }

  /** Constraints that this version has no judge for: unknown, never passed over. */
  private List<Finding> unjudged() {
    return constraints.stream()
        .map(
            constraint ->
                Finding.unknown(
                    constraint.id(),
                    "constraints are not judged yet; 'advisory: true' shows it without deciding"))
        .toList();
  }

  private static List<Check> checks(List<Finding> findings) {
    return findings.stream().map(Finding::check).toList();
  }

  private static List<WhyNot> whyNots(List<Finding> findings) {
    return findings.stream().flatMap(finding -> finding.whyNot().stream()).toList();
  }
}
