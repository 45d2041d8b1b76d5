package dev.optr.evidence;

import dev.optr.agents.Answer;
import dev.optr.agents.Proposal;
import dev.optr.base.Glob;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.datalake.Candidate;
import dev.optr.git.FrozenTree;
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
  private final Commands commands;
  private final PeerReview peerReview;

  /**
   * @param workflowFiles paths of the workflow file in this repository; none where it lies outside
   * @param frozen the whole frozen tree, not a view of it
   * @param interference empty where no other branch counts
   * @param bench who judges constraints in words
   * @param redactor knows this run's own credentials
   * @param nanoTime monotonic, in nanoseconds
   * @throws dev.optr.base.UserException where {@code protected} lifts what is not built in
   */
  public Examiner(
      Workflow policy,
      Intent intent,
      List<String> workflowFiles,
      FrozenTree frozen,
      CommandPolicy commandPolicy,
      CommandRunner runner,
      Optional<Interference> interference,
      Bench bench,
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
    // Milliseconds, while commands take minutes.
    interference.map(it -> new NonInterference(it, nanoTime)).ifPresent(free::add);
    this.peerReview = new PeerReview(Bench.prose(policy), policy.review(), bench, nanoTime);
    this.commands = new Commands(policy.invariants(), commandPolicy, runner, frozen);
  }

  /** Built-in protected entries that the workflow file lifted, for the table. */
  public List<String> lifted() {
    return protectedPaths.lifted();
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

  /**
   * Once all lanes have ended: where several reached one tree, none of them counts as its judge;
   * and each judge's transcript holds what it was asked.
   *
   * @param examined every lane
   */
  public List<Examined> settle(List<Examined> examined) {
    Map<String, List<JsonObject>> transcripts = ReviewTranscript.byJudge(peerReview.all());
    return examined.stream()
        .map(this::settled)
        .map(lane -> lane.asked(transcripts.getOrDefault(lane.candidate().agent(), List.of())))
        .toList();
  }

  private Examined settled(Examined examined) {
    String tree = examined.candidate().tree();
    return tree == null || examined.checks().stream().noneMatch(Examiner::isReviewed)
        ? examined
        : peerReview.settled(tree).map(examined::with).orElse(examined);
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
    findings.addAll(commands.ofHead());
    findings.addAll(rules.ofHead(List.copyOf(findings)));
    findings.addAll(peerReview.ofHead());
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
    findings.addAll(costly(commands, candidate, proposal, findings, exceeded));
    findings.addAll(rules.late(facts, List.copyOf(findings)));
    findings.addAll(costly(peerReview, candidate, proposal, findings, exceeded));
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
        ? examination.notRun(lost.get())
        : examination.ofPath(candidate, proposal, List.copyOf(found));
  }

  private static Optional<String> alreadyLost(List<Finding> findings, List<WhyNot> exceeded) {
    Optional<String> notHeld =
        findings.stream()
            .map(Finding::check)
            .filter(check -> check.decides() && !check.held())
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
