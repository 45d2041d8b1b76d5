package dev.optr.app;

import dev.optr.execution.Executed;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.Refusal;
import dev.optr.git.TreeStore;
import dev.optr.report.PullRequestComment;
import dev.optr.report.Replies.Fact;
import dev.optr.report.Standing;
import java.util.List;
import java.util.Optional;

/** Tells the people at a pull request how the execution of its decision ended. */
final class ExecutionReport {
  private static final String COMMAND = "/optr execute";

  private final PullRequestIntake intake;
  private final CommandReplies replies;

  ExecutionReport(PullRequestIntake intake, CommandReplies replies) {
    this.intake = intake;
    this.replies = replies;
  }

  ActionResult of(Executed executed) {
    return switch (executed) {
      case Executed.Done done -> done(done);
      case Executed.Refused(Refusal why, String message) ->
          replies.refuse(COMMAND, message).as("failed", exit(why));
      case Executed.Superseded _ ->
          replies
              .refuse(COMMAND, "somebody pushed meanwhile; look at the new head first")
              .as("superseded", ExitCode.OK);
      case Executed.NotMoved(String reason) ->
          replies
              .refuse(COMMAND, "the branch could not be moved: " + reason)
              .as("failed", ExitCode.SERVICE_FAILED);
    };
  }

  private static ExitCode exit(Refusal why) {
    return why == Refusal.NOT_INTACT ? ExitCode.TAMPERED : ExitCode.NONE_ADMISSIBLE;
  }

  private ActionResult done(Executed.Done done) {
    tell(done);
    List<Fact> facts =
        List.of(
            new Fact.Named("path of", done.agent()),
            new Fact.Named("commit", done.commit()),
            new Fact.Named("entry", done.entry()));
    return replies
        .done(COMMAND, facts)
        .as("selected", ExitCode.OK)
        .with("selected-agent", done.agent())
        .with("ledger-entry", done.entry())
        .with("anchor-sha", done.commit());
  }

  /** The run's own comment says it, too: it is what reviewers look at. */
  void tell(Executed.Done done) {
    long started = System.nanoTime();
    Prepared prepared = intake.prepare(List.of());
    try (TreeStore trees = intake.trees()) {
      Optional<RecalledDecision> decided =
          intake.decisions().past().flatMap(past -> intake.decisions().newest(past, trees));
      decided.ifPresent(
          decision ->
              replies.stands(
                  PullRequestComment.marker(intake.workflow().name()),
                  PullRequestComment.render(
                      new PullRequestReports(intake, prepared, started, decision.run().isolation())
                          .recalled(
                              decision,
                              GateVerdict.executed(done.agent()),
                              new Standing.Executed(done.commit(), done.entry())))));
    }
  }
}
