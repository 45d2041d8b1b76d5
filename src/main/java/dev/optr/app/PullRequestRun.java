package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.actions.Phase;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.github.PullRequestEvent;
import dev.optr.github.ReadOnlyTokenException;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code pull_request} event, from its payload to its result. No checkout is needed and none is
 * used: what is needed is fetched into a bare repository of our own, and the workflow file that
 * decides is the base commit's.
 */
final class PullRequestRun {
  private static final Set<String> ACTIONS =
      Set.of("opened", "synchronize", "reopened", "ready_for_review");

  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;

  PullRequestRun(Host host, ActionEnvironment action, WorkflowCommands log) {
    this.host = host;
    this.action = action;
    this.log = log;
  }

  ActionResult run() throws InterruptedException {
    PullRequestEvent event = PullRequestEvent.parse(payload());
    if (!ACTIONS.contains(event.action())) {
      log.notice(
          "action '%s' is not one this version acts on; nothing was done"
              .formatted(event.action()));
      return ActionResult.skipped();
    }
    try (GitRepository repository = fetched(event)) {
      return run(event, repository);
    }
  }

  private ActionResult run(PullRequestEvent event, GitRepository repository)
      throws InterruptedException {
    if (!repository.resolve(headRef(event)).equals(Optional.of(event.head().sha()))) {
      return superseded(event);
    }
    Optional<WorkflowAt> base = workflowAt(repository, event.base().sha());
    if (base.isEmpty()) {
      return firstContact(repository, event);
    }
    Workflow workflow = WorkflowSource.read(base.get().path(), base.get().source());
    if (event.draft() && workflow.drafts() == Workflow.Drafts.SKIP) {
      log.notice(
          "this pull request is a draft; 'drafts: run' in the workflow file examines drafts too");
      return ActionResult.skipped();
    }
    PullRequestIntake intake =
        new PullRequestIntake(host, action, log, event, repository, workflow, base.get().path());
    if (action.inputs().dryRun()) {
      return new PullRequestLine(intake, askedHere(intake), log).plan();
    }
    boolean stranger = isStranger(event);
    Optional<Phase> phase = action.inputs().phase();
    return phase.isPresent()
        ? run(phase.get(), intake, stranger)
        : decide(new PullRequestLine(intake, askedHere(intake), log), stranger);
  }

  private ActionResult run(Phase phase, PullRequestIntake intake, boolean stranger)
      throws InterruptedException {
    return switch (phase) {
      case PROPOSE -> new PullRequestProposal(intake, log).propose(!stranger);
      case GATHER -> new PullRequestProposal(intake, log).gather();
      case SELECT -> decide(new PullRequestLine(intake, bundled(intake), log), stranger);
      case APPLY -> throw new IllegalStateException("a path is applied without an event");
    };
  }

  private static ActionResult decide(PullRequestLine line, boolean stranger)
      throws InterruptedException {
    return stranger ? line.reportOnly() : line.decide();
  }

  private Course.Opening bundled(PullRequestIntake intake) {
    return new PullRequestSelection(intake, new Gate(action, host).jobs());
  }

  private Course.Opening askedHere(PullRequestIntake intake) {
    return (_, prepared, trees) ->
        new AskedHere(
            prepared,
            trees,
            intake.place(log),
            intake::mayAsk,
            () -> intake.headChange(prepared, trees));
  }

  private ActionResult superseded(PullRequestEvent event) {
    String message =
        "%s is no longer the head of this pull request; the newer push has a run of its own"
            .formatted(event.head().sha());
    log.notice(message);
    if (!isStranger(event) && posts()) {
      endGate(event);
    }
    return ActionResult.of("superseded", ExitCode.OK, message + "\n");
  }

  private void endGate(PullRequestEvent event) {
    try {
      new Gate(action, host).superseded(event.head().sha());
    } catch (ReadOnlyTokenException e) {
      log.warning("the token may not write, so no status says so: " + e.getMessage());
    }
  }

  /** Phases before the last have a token that may not, and began nothing that must end. */
  private boolean posts() {
    return switch (action.inputs().phase().orElse(Phase.SELECT)) {
      case SELECT -> true;
      case PROPOSE, GATHER, APPLY -> false;
    };
  }

  private static boolean isStranger(PullRequestEvent event) {
    return event.isFork() || event.isFromDependabot();
  }

  /**
   * The file takes effect after the merge; until then it is linted, so that its author learns of
   * mistakes now.
   */
  private ActionResult firstContact(GitRepository repository, PullRequestEvent event) {
    Optional<WorkflowAt> head = workflowAt(repository, event.head().sha());
    String where = String.join(" or ", WorkflowSource.DEFAULT_PATHS);
    if (head.isEmpty()) {
      throw new UserException(
          "no workflow file on '%s': add %s"
              .formatted(event.base().ref(), configured().orElse(where)));
    }
    WorkflowSource.read(head.get().path(), head.get().source());
    String message =
        "%s is not on '%s' yet: it was read without findings and takes effect after the merge"
            .formatted(head.get().path(), event.base().ref());
    log.notice(message);
    return ActionResult.of("skipped", ExitCode.OK, message + "\n");
  }

  private record WorkflowAt(String path, Bytes source) {}

  private Optional<WorkflowAt> workflowAt(GitRepository repository, String commit) {
    List<String> paths = configured().map(List::of).orElse(WorkflowSource.DEFAULT_PATHS);
    return paths.stream()
        .flatMap(
            path ->
                repository.file(commit, path).map(source -> new WorkflowAt(path, source)).stream())
        .findFirst();
  }

  private Optional<String> configured() {
    return action.inputs().text(ActionInput.WORKFLOW);
  }

  private GitRepository fetched(PullRequestEvent event) {
    Path directory = action.runnerTemp().resolve("optr/repository.git");
    GitRepository repository = GitRepository.initBare(directory, host.checkpoint());
    repository.fetch(
        host.network(),
        remote(action),
        action.inputs().credential(ActionInput.GITHUB_TOKEN),
        List.of(
            "+refs/heads/" + event.base().ref() + ":refs/optr/base",
            "+refs/pull/" + event.number() + "/head:" + headRef(event)));
    return repository;
  }

  /** Where git finds the repository. */
  static URI remote(ActionEnvironment action) {
    return URI.create(action.serverUrl() + "/" + action.repository() + ".git");
  }

  private static String headRef(PullRequestEvent event) {
    return "refs/optr/pull/" + event.number();
  }

  private JsonObject payload() {
    try {
      return JsonReader.readObject(Files.readAllBytes(action.eventPath()));
    } catch (IOException e) {
      throw ServiceException.lasting(
          "could not read the event's payload at " + action.eventPath(), e);
    } catch (JsonException e) {
      throw new UserException(
          action.eventPath() + ": the event's payload is not JSON: " + e.getMessage());
    }
  }
}
