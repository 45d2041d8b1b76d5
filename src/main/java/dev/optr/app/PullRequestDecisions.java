package dev.optr.app;

import dev.optr.git.TreeStore;
import dev.optr.ledger.Timestamper;
import dev.optr.ledger.Verification;
import dev.optr.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was decided about a pull request before, and what follows for a run of now: whether agents
 * are asked, whether the commit is an executed one, and what the run's entry is put upon.
 */
final class PullRequestDecisions {
  private final PullRequestIntake intake;

  PullRequestDecisions(PullRequestIntake intake) {
    this.intake = intake;
  }

  /** The ledger that the run's entry is put upon; empty where the workflow file disables it. */
  Optional<RunLedger> ledger(PullRequestLedger.Stamping stamping) {
    return intake.workflow().ledger().enabled()
        ? Optional.of(
            book(stamping).open(intake.repository(), RunLedger.layout(intake.workflow()), side()))
        : Optional.empty();
  }

  /**
   * @throws LedgerBrokenException where the pull request edits what runs had written
   */
  void requireUntouched(Verification ledger) {
    List<String> edits = HandEdits.of(intake.repository(), base(), intake.head(), ledger.entries());
    if (!edits.isEmpty()) {
      throw LedgerBrokenException.edited(edits);
    }
  }

  private Optional<SideBranch.Content> side() {
    return intake.anchor() == Workflow.Anchor.SIDE_BRANCH
        ? Optional.of(SideBranch.fetched(intake.repository()))
        : Optional.empty();
  }

  /** The same, for a phase that writes nothing. */
  Optional<PastRuns> past() {
    return intake.workflow().ledger().enabled()
        ? Optional.of(
            book(_ -> Timestamper.NONE)
                .look(intake.repository(), RunLedger.layout(intake.workflow()), side()))
        : Optional.empty();
  }

  /**
   * The agent whose path the head executes. Such a commit is green by what was recorded, and agents
   * are asked about it on request alone.
   */
  Optional<String> executed(Optional<PastRuns> past) {
    return switch (intake.occasion()) {
      case Occasion.Push _, Occasion.Label _ ->
          past.flatMap(runs -> runs.executedBy(intake.repository(), intake.head()));
      case Occasion.Comment _, Occasion.Retry _, Occasion.Dispatch _ -> Optional.empty();
    };
  }

  /** Whether a decision is performed without being asked for. */
  boolean executesItself(Outcome outcome) {
    return intake.workflow().execute() == Workflow.Execute.AUTO
        && intake.anchor() != Workflow.Anchor.NONE
        && !intake.isFork()
        && outcome.selection().selected().isPresent();
  }

  /** The decision that the ledger already holds about this very input. */
  Optional<Outcome> earlier(Prepared prepared, TreeStore trees, Optional<PastRuns> past) {
    return past.flatMap(
        runs ->
            EarlierDecision.find(
                runs, intake.repository(), intake.head(), prepared, intake.paths(), trees));
  }

  /**
   * What is asked for about a decision that is there, where it is asked for.
   *
   * @throws UserException where that makes no sense
   */
  Prepared about(Prepared prepared, TreeStore trees, Supplier<Optional<PastRuns>> past) {
    return switch (intake.occasion()) {
      case Occasion.Retry(String _, String agent) ->
          prepared.retrying(agent, past.get().flatMap(runs -> newest(runs, trees)));
      case Occasion.Push _, Occasion.Label _, Occasion.Comment _, Occasion.Dispatch _ -> prepared;
    };
  }

  /** The newest decision about this pull request. */
  Optional<RecalledDecision> newest(PastRuns past, TreeStore trees) {
    return RecalledDecision.newest(past, intake.repository(), intake.head(), intake.paths(), trees);
  }

  /** Why agents are not asked now, without regard to what was decided; empty where they are. */
  Optional<String> whyNotAsked(Optional<PastRuns> past) {
    Optional<String> limit = overLimit(past);
    if (limit.isPresent()) {
      return limit;
    }
    Workflow.Trigger trigger = intake.workflow().trigger();
    boolean asks =
        intake.occasion().always()
            || switch (trigger.push()) {
              case EVERY -> true;
              case NEVER -> false;
              case FIRST -> past.isEmpty() || !past.get().includesThisPullRequest();
            };
    return asks
        ? Optional.empty()
        : Optional.of(
            "agents are not asked on this push ('trigger.push' in the workflow file); '/optr run' asks them");
  }

  /** Why nobody may have agents asked for a while; empty where they may. */
  Optional<String> overLimit(Optional<PastRuns> past) {
    int most = intake.workflow().trigger().perHour();
    Instant hourAgo = intake.host().clock().instant().minus(Duration.ofHours(1));
    return past.filter(runs -> runs.since(hourAgo) >= most)
        .map(
            _ ->
                "agents are not asked: this pull request had %d runs within the last hour ('trigger.perHour' in the workflow file)"
                    .formatted(most));
  }

  private PullRequestLedger book(PullRequestLedger.Stamping stamping) {
    return new PullRequestLedger(intake.action(), intake.event(), intake.host().clock(), stamping);
  }

  /** The base branch as it was fetched: newer than the event where somebody pushed meanwhile. */
  private String base() {
    return intake
        .fetched()
        .tip("refs/heads/" + intake.subject().baseBranch())
        .orElse(intake.subject().base());
  }
}
