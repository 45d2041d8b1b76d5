package dev.optr.evidence;

import dev.optr.agents.Answer;
import dev.optr.agents.Proposal;
import dev.optr.base.Glob;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.datalake.Candidate;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeStore;
import dev.optr.intent.Intent;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Examines candidates about one frozen tree, and the frozen commit itself: cheapest checks first,
 * those that cost minutes or money only where nothing has decided yet. Every reason is reported,
 * not the first. Safe for use by many lanes at once.
 */
public final class Examiner {
  // An empty list holds in whole; nothing green without proof all the same.
  private static final WhyNot UNEXAMINED =
      new WhyNot(
          WhyNot.Code.MISSING_CANON_PREREQS,
          "invariants",
          "the workflow file has no invariant, so nothing was found out about this commit",
          "");

  private final ProtectedPaths protectedPaths;
  private final Bounds bounds;
  private final Rules rules;
  private final List<Examination> free;
  private final Examination.Costly invariants;
  private final Reviews reviews;
  private final Rows rows;

  /**
   * @param workflowFiles paths of the workflow file in this repository; none where it lies outside
   * @param frozen the whole frozen tree, not a view of it
   * @param trees where candidates' trees are
   * @param interference empty where no other branch counts
   * @param redactor knows this run's own credentials
   * @param nanoTime monotonic, in nanoseconds
   * @throws dev.optr.base.UserException where {@code protected} lifts what is not built in
   */
  public Examiner(
      Workflow policy,
      Intent intent,
      List<String> workflowFiles,
      FrozenTree frozen,
      TreeStore trees,
      Verification verification,
      Optional<Interference> interference,
      Reviewing reviewing,
      Redactor redactor,
      LongSupplier nanoTime) {
    Stopwatch stopwatch = new Stopwatch(nanoTime);
    this.protectedPaths = ProtectedPaths.of(workflowFiles, policy.protectedPaths());
    this.bounds = new Bounds(policy.optr().bounds());
    this.rules = Rules.of(policy, intent, nanoTime);
    this.free =
        new ArrayList<>(
            List.of(
                new PatchApplies(),
                new PathsAllowed(
                    protectedPaths, policy.scope().stream().map(Glob::of).toList(), stopwatch),
                new NoSecrets(frozen, redactor, stopwatch)));
    // Milliseconds, while invariants take minutes.
    interference.map(it -> new NonInterference(it, nanoTime)).ifPresent(free::add);
    FrozenTests frozenTests = new FrozenTests(trees, frozen);
    this.invariants = invariants(policy, verification, frozenTests, frozen);
    this.reviews = reviews(policy, reviewing, nanoTime);
    this.rows = new Rows(frozen.tree(), frozenTests);
  }

  private static Examination.Costly invariants(
      Workflow policy, Verification verification, FrozenTests frozenTests, FrozenTree frozen) {
    return switch (verification) {
      case Verification.Here(CommandPolicy allowed, CommandRunner runner) ->
          new Invariants(policy.invariants(), new Commands(allowed, runner, frozen), frozenTests);
      case Verification.ByJobs(JobsTold told) ->
          new Invariants(policy.invariants(), new Jobs(told, frozen), frozenTests);
      case Verification.Later() -> new Postponed(policy.invariants());
    };
  }

  private static Reviews reviews(Workflow policy, Reviewing reviewing, LongSupplier nanoTime) {
    return switch (reviewing) {
      case Reviewing.ByBench(Bench bench) ->
          new PeerReview(Bench.prose(policy), policy.review(), bench, nanoTime);
      case Reviewing.Before before -> new ReviewedBefore(Bench.prose(policy), before);
    };
  }

  /** Built-in protected entries that the workflow file lifted, for the table. */
  public List<String> lifted() {
    return protectedPaths.lifted();
  }

  /**
   * @throws InterruptedException when the lane's time is over; invariants that ran have been ended
   */
  public Examined examine(Candidate candidate) throws InterruptedException {
    return switch (candidate.answer()) {
      case Answer.Proposed proposed -> examineProposal(candidate, proposed.proposal());
      case Answer.Declined _, Answer.Failed _, Answer.NotAsked _ ->
          new Examined(candidate, List.of(), List.of());
    };
  }

  /**
   * Once all lanes have ended: where several reached one tree, none of them counts as its judge;
   * and each judge's transcript holds what it was asked.
   *
   * @param examined every lane
   */
  public List<Examined> settle(List<Examined> examined) {
    Map<String, List<JsonObject>> transcripts = ReviewTranscript.byJudge(reviews.all());
    return examined.stream()
        .map(this::settled)
        .map(lane -> lane.asked(transcripts.getOrDefault(lane.candidate().agent(), List.of())))
        .toList();
  }

  private Examined settled(Examined examined) {
    String tree = examined.candidate().tree();
    return tree == null || examined.checks().stream().noneMatch(Examiner::isReviewed)
        ? examined
        : reviews.settled(tree).map(examined::with).orElse(examined);
  }

  /**
   * The trees that jobs have to verify: the frozen commit first, then those of paths that nothing
   * has decided against, each once.
   *
   * @param settled every lane, in the order of the workflow file
   */
  public List<Row> rows(List<Examined> settled) {
    return rows.of(settled);
  }

  private static boolean isReviewed(Check check) {
    return check.evidence() instanceof Check.Review;
  }

  /** The frozen commit: nobody proposed it, so it is judged by constraints and invariants alone. */
  public HeadExamined examineHead() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Examination examination : free) {
      findings.addAll(examination.ofHead());
    }
    findings.addAll(invariants.ofHead());
    findings.addAll(rules.ofHead(List.copyOf(findings)));
    findings.addAll(reviews.ofHead());
    List<Check> checks = checks(findings);
    List<WhyNot> whyNot = new ArrayList<>(whyNots(findings));
    if (!HeadExamined.isLookedAt(checks)) {
      whyNot.add(UNEXAMINED);
    }
    return new HeadExamined(checks, whyNot);
  }

  private Examined examineProposal(Candidate candidate, Proposal proposal)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Examination examination : free) {
      findings.addAll(examination.ofPath(candidate, proposal, List.copyOf(findings)));
    }
    Optional<Facts> facts = Facts.of(candidate);
    findings.addAll(rules.early(facts, List.copyOf(findings)));
    List<WhyNot> exceeded = bounds.exceededBy(facts);
    findings.addAll(costly(invariants, candidate, proposal, findings, exceeded));
    findings.addAll(rules.late(facts, List.copyOf(findings)));
    findings.addAll(costly(reviews, candidate, proposal, findings, exceeded));
    List<WhyNot> whyNot = new ArrayList<>(whyNots(findings));
    whyNot.addAll(exceeded);
    return new Examined(candidate, checks(findings), whyNot, facts);
  }

  private static List<Finding> costly(
      Examination.Costly examination,
      Candidate candidate,
      Proposal proposal,
      List<Finding> found,
      List<WhyNot> exceeded)
      throws InterruptedException {
    Optional<String> lost = alreadyLost(found, exceeded);
    return lost.isPresent()
        ? examination.notRun(candidate, lost.get())
        : examination.ofPath(candidate, proposal, List.copyOf(found));
  }

  private static Optional<String> alreadyLost(List<Finding> findings, List<WhyNot> exceeded) {
    Optional<String> notHeld =
        findings.stream()
            .map(Finding::check)
            .filter(Check::decidesAgainst)
            .findFirst()
            .map(check -> "'" + check.id() + "' does not hold");
    return notHeld.or(
        () ->
            exceeded.stream()
                .findFirst()
                .map(bound -> "'" + bound.rule() + "' is exceeded or unknown"));
  }

  private static List<Check> checks(List<Finding> findings) {
    return findings.stream().map(Finding::check).toList();
  }

  private static List<WhyNot> whyNots(List<Finding> findings) {
    return findings.stream().flatMap(finding -> finding.whyNot().stream()).toList();
  }
}
