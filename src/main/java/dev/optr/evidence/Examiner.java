package dev.optr.evidence;

import dev.optr.agents.Answer;
import dev.optr.base.Glob;
import dev.optr.datalake.Candidate;
import dev.optr.git.FrozenTree;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Examines candidates about one frozen tree, and the frozen commit itself: cheapest checks first,
 * commands only where nothing has decided yet. Every reason is reported, not the first. Safe for
 * use by many lanes at once.
 */
public final class Examiner {
  private final PathsAllowed pathsAllowed;
  private final Bounds bounds;
  private final List<Constraint> constraints;
  private final Commands commands;
  private final LongSupplier nanoTime;

  /**
   * @param workflowFiles paths of the workflow file in this repository; none where it lies outside
   * @param nanoTime monotonic, in nanoseconds
   * @throws dev.optr.base.UserException where {@code protected} lifts what is not built in
   */
  public Examiner(
      Workflow policy,
      List<String> workflowFiles,
      FrozenTree frozen,
      CommandPolicy commandPolicy,
      CommandRunner runner,
      LongSupplier nanoTime) {
    this.pathsAllowed =
        new PathsAllowed(
            ProtectedPaths.of(workflowFiles, policy.protectedPaths()),
            policy.scope().stream().map(Glob::of).toList());
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
      case Answer.Proposed proposed -> examineProposal(candidate, proposed);
      case Answer.Declined _, Answer.Failed _, Answer.NotAsked _ ->
          new Examined(candidate, List.of(), List.of());
    };
  }

  /** The frozen commit: nobody proposed it, so it is judged by constraints and invariants alone. */
  public HeadExamined examineHead() throws InterruptedException {
    List<Finding> findings = new ArrayList<>(unjudged());
    findings.addAll(commands.onFrozenCommit());
    return new HeadExamined(checks(findings), whyNots(findings));
  }

  private Examined examineProposal(Candidate candidate, Answer.Proposed proposed)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Finding applies = PatchApplies.examine(candidate, proposed.proposal());
    findings.add(applies);
    String tree = candidate.tree();
    if (tree == null) {
      String because = "'" + applies.check().id() + "' is broken";
      findings.add(Finding.notRun(PathsAllowed.ID, because));
      findings.addAll(commands.notRun(because));
      return new Examined(candidate, checks(findings), whyNots(findings));
    }
    findings.add(examinePaths(candidate));
    findings.addAll(unjudged());
    List<WhyNot> exceeded = bounds.exceededBy(candidate);
    findings.addAll(examineCommands(tree, findings, exceeded));
    List<WhyNot> whyNot = new ArrayList<>(whyNots(findings));
    whyNot.addAll(exceeded);
    return new Examined(candidate, checks(findings), whyNot);
  }

  private Finding examinePaths(Candidate candidate) {
    long start = nanoTime.getAsLong();
    List<WhyNot> whyNot = pathsAllowed.examine(candidate);
    long durationMs = Duration.ofNanos(nanoTime.getAsLong() - start).toMillis();
    return whyNot.isEmpty()
        ? Finding.held(PathsAllowed.ID, durationMs)
        : Finding.broken(PathsAllowed.ID, whyNot, durationMs);
  }

  private List<Finding> examineCommands(String tree, List<Finding> before, List<WhyNot> exceeded)
      throws InterruptedException {
    for (Finding finding : before) {
      if (!finding.check().held()) {
        return commands.notRun("'" + finding.check().id() + "' does not hold");
      }
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
