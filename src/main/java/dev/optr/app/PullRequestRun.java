package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.actions.Phase;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.UserException;
import dev.optr.github.GitHubConnection;
import dev.optr.github.ReadOnlyTokenException;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * A run about one pull request, whatever it was that started it. The workflow file that decides is
 * the base commit's.
 */
final class PullRequestRun {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final GitHubConnection github;

  PullRequestRun(
      Host host, ActionEnvironment action, WorkflowCommands log, GitHubConnection github) {
    this.host = host;
    this.action = action;
    this.log = log;
    this.github = github;
  }

  /** What is done with a pull request whose head is there and whose base has a workflow file. */
  @FunctionalInterface
  interface Step {
    ActionResult take(PullRequestIntake intake) throws InterruptedException;
  }

  /** Asks, examines and decides, or does the phase of that which this job has. */
  ActionResult decide(Subject.OfPullRequest subject) throws InterruptedException {
    return open(subject, intake -> decide(subject, intake));
  }

  /** Fetches the pull request for something else. */
  ActionResult open(Subject.OfPullRequest subject, Step step) throws InterruptedException {
    String head = "refs/pull/" + subject.event().number() + "/head";
    String base = "refs/heads/" + subject.baseBranch();
    try (FetchedRepository fetched = FetchedRepository.of(host, action, List.of(base, head))) {
      if (!fetched.tip(head).equals(Optional.of(subject.head()))) {
        return superseded(subject);
      }
      Optional<FetchedRepository.WorkflowAt> file = fetched.workflowAt(action, subject.base());
      if (file.isEmpty()) {
        return firstContact(fetched, subject);
      }
      Workflow workflow = WorkflowSource.read(file.get().path(), file.get().source());
      return step.take(
          new PullRequestIntake(host, action, log, subject, fetched, workflow, file.get().path()));
    }
  }

  /** See {@link #decide(Subject.OfPullRequest)}, for one who has it open. */
  ActionResult decide(Subject.OfPullRequest subject, PullRequestIntake intake)
      throws InterruptedException {
    Optional<String> unwanted = unwanted(subject, intake.workflow());
    if (unwanted.isPresent()) {
      log.notice(unwanted.get());
      return ActionResult.skipped();
    }
    if (action.inputs().dryRun()) {
      return line(intake, askedHere(intake)).plan();
    }
    Optional<Phase> phase = action.inputs().phase();
    return phase.isPresent()
        ? decide(phase.get(), intake, subject.isStrangers())
        : decide(line(intake, askedHere(intake)), subject.isStrangers());
  }

  /** Why this event is none to act on, as the workflow file has it. */
  private static Optional<String> unwanted(Subject.OfPullRequest subject, Workflow workflow) {
    return switch (subject.occasion()) {
      case Occasion.Label _
          when !subject.event().label().equals(Optional.of(workflow.trigger().label())) ->
          Optional.of(
              "the label that asks the agents is '%s' ('trigger.label' in the workflow file)"
                  .formatted(workflow.trigger().label()));
      case Occasion.Push _, Occasion.Label _
          when subject.event().draft() && workflow.drafts() == Workflow.Drafts.SKIP ->
          Optional.of(
              "this pull request is a draft; 'drafts: run' in the workflow file examines drafts too");
      case Occasion.Push _,
          Occasion.Label _,
          Occasion.Comment _,
          Occasion.Retry _,
          Occasion.Dispatch _ ->
          Optional.empty();
    };
  }

  private ActionResult decide(Phase phase, PullRequestIntake intake, boolean stranger)
      throws InterruptedException {
    return switch (phase) {
      case PROPOSE -> new PullRequestProposal(intake, log).propose(!stranger);
      case GATHER -> new PullRequestProposal(intake, log).gather();
      case SELECT -> decide(line(intake, bundled(intake)), stranger);
      case APPLY, VERIFY ->
          throw new IllegalStateException("this phase takes no notice of the event");
    };
  }

  private static ActionResult decide(PullRequestLine line, boolean stranger)
      throws InterruptedException {
    return stranger ? line.reportOnly() : line.decide();
  }

  private PullRequestLine line(PullRequestIntake intake, Course.Opening course) {
    return new PullRequestLine(intake, course, log, github);
  }

  private Course.Opening bundled(PullRequestIntake intake) {
    return new PullRequestSelection(intake, github.workflowJobs());
  }

  private Course.Opening askedHere(PullRequestIntake intake) {
    return (_, prepared, trees) ->
        new AskedHere(
            prepared,
            trees,
            intake.place(log),
            past -> intake.decisions().whyNotAsked(past).isEmpty(),
            () -> intake.headChange(prepared, trees));
  }

  private ActionResult superseded(Subject.OfPullRequest subject) {
    String message =
        "%s is no longer the head of this pull request; the newer push has a run of its own"
            .formatted(subject.head());
    log.notice(message);
    if (!subject.isStrangers() && posts()) {
      endGate(subject);
    }
    return ActionResult.of("superseded", ExitCode.OK, message + "\n");
  }

  private void endGate(Subject subject) {
    try {
      new Gate(github, action, subject).superseded(subject.head());
    } catch (ReadOnlyTokenException e) {
      log.warning("the token may not write, so no status says so: " + e.getMessage());
    }
  }

  /** Phases before the last have a token that may not, and began nothing that must end. */
  private boolean posts() {
    return switch (action.inputs().phase().orElse(Phase.SELECT)) {
      case SELECT -> true;
      case PROPOSE, GATHER, APPLY, VERIFY -> false;
    };
  }

  /**
   * The file takes effect after the merge; until then it is linted, so that its author learns of
   * mistakes now.
   */
  private ActionResult firstContact(FetchedRepository fetched, Subject subject) {
    Optional<FetchedRepository.WorkflowAt> head = fetched.workflowAt(action, subject.head());
    if (head.isEmpty()) {
      throw new UserException(
          "no workflow file on '%s': add %s"
              .formatted(
                  subject.baseBranch(),
                  action
                      .inputs()
                      .text(ActionInput.WORKFLOW)
                      .orElse(String.join(" or ", WorkflowSource.DEFAULT_PATHS))));
    }
    WorkflowSource.read(head.get().path(), head.get().source());
    String message =
        "%s is not on '%s' yet: it was read without findings and takes effect after the merge"
            .formatted(head.get().path(), subject.baseBranch());
    log.notice(message);
    return ActionResult.of("skipped", ExitCode.OK, message + "\n");
  }
}
