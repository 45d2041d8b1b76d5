package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.Phase;
import dev.optr.actions.WorkflowCommands;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.GateVerdict;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.TreeStore;
import dev.optr.github.GitHubConnection;
import dev.optr.github.MergeGroupEvent;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * What a merge queue would make of several pull requests: the commit is examined by evidence, as
 * row {@code head}, and the ledger that it would bring is verified with its history. No agent is
 * asked and nothing is committed; a status that never came would hold the queue up.
 */
final class MergeGroupRun {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final GitHubConnection github;

  MergeGroupRun(
      Host host, ActionEnvironment action, WorkflowCommands log, GitHubConnection github) {
    this.host = host;
    this.action = action;
    this.log = log;
    this.github = github;
  }

  ActionResult run() throws InterruptedException {
    MergeGroupEvent event = MergeGroupEvent.parse(EventPayload.read(action));
    if (!event.action().equals("checks_requested")) {
      log.notice("the merge group is given up; nothing is to be examined");
      return ActionResult.skipped();
    }
    Subject.OfMergeGroup group =
        new Subject.OfMergeGroup(event.headSha(), event.baseSha(), event.baseRef());
    List<String> refs = List.of("refs/heads/" + event.baseRef(), ref(event.headRef()));
    try (FetchedRepository fetched = FetchedRepository.of(host, action, refs)) {
      if (!fetched.tip(ref(event.headRef())).equals(Optional.of(group.head()))) {
        log.notice("the merge group is gone; the queue made another");
        return ActionResult.skipped();
      }
      return examine(group, fetched);
    }
  }

  private static String ref(String name) {
    return name.startsWith("refs/") ? name : "refs/heads/" + name;
  }

  private ActionResult examine(Subject.OfMergeGroup group, FetchedRepository fetched)
      throws InterruptedException {
    Optional<FetchedRepository.WorkflowAt> file = fetched.workflowAt(action, group.base());
    if (file.isEmpty()) {
      log.notice("'%s' has no workflow file yet".formatted(group.baseBranch()));
      return ActionResult.skipped();
    }
    Workflow workflow = WorkflowSource.read(file.get().path(), file.get().source());
    PullRequestIntake intake =
        new PullRequestIntake(host, action, log, group, fetched, workflow, file.get().path());
    return switch (action.inputs().phase().orElse(Phase.SELECT)) {
      case PROPOSE -> new PullRequestProposal(intake, log).propose(false);
      case GATHER -> new PullRequestProposal(intake, log).gather();
      case SELECT -> decide(intake);
      case APPLY, VERIFY ->
          throw new IllegalStateException("this phase takes no notice of the event");
    };
  }

  private ActionResult decide(PullRequestIntake intake) throws InterruptedException {
    Gate gate = new Gate(github, action, intake.subject());
    gate.pending(intake.head());
    try {
      new LedgerOfGroup(intake).require();
      return settle(intake, gate);
    } catch (RuntimeException | InterruptedException | Error fault) {
      gate.faulted(intake.head(), fault);
      throw fault;
    }
  }

  private ActionResult settle(PullRequestIntake intake, Gate gate) throws InterruptedException {
    long started = System.nanoTime();
    Prepared prepared = intake.prepare(List.of());
    CandidateDirectory.sweep(intake.temporary());
    try (TreeStore trees = intake.trees()) {
      Course course = opening(intake).open(intake.repository(), prepared, trees);
      HeadExamined head = course.headExaminer().examineHead();
      GateVerdict verdict = GateVerdict.ofHeadAlone(head, Workflow.Gate.ADMISSIBLE);
      gate.settle(intake.head(), verdict);
      return intake.reports(prepared, course, started).group(head, verdict);
    }
  }

  private Course.Opening opening(PullRequestIntake intake) {
    return action.inputs().phase().isPresent()
        ? new PullRequestSelection(intake, github.workflowJobs())
        : (_, prepared, trees) ->
            new AskedHere(prepared, trees, intake.place(log), _ -> false, Optional::empty);
  }
}
