package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.intent.Wish;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Freezes the input of a local run: commit, workflow file, intent. Nobody is asked before all of it
 * is sound.
 */
final class LocalIntake {
  private final Host host;
  private final LocalRun.Request request;

  LocalIntake(Host host, LocalRun.Request request) {
    this.host = host;
    this.request = request;
  }

  Prepared prepare(GitRepository repository) {
    Path workTree =
        repository
            .workTree()
            .orElseThrow(
                () ->
                    new UserException(
                        request.repository() + ": a bare repository has no work tree to run in"));
    String commit = commit(repository);
    LocalWorkflow file = LocalWorkflow.find(workTree, request.workflow());
    Workflow workflow = file.read();
    refuseMovingBase(repository, workflow, commit);
    Credentials credentials = Credentials.ofVariables(host.environment());
    GitHubPlace place = GitHubPlace.of(repository, host.environment());
    Wiring wiring =
        new Wiring(
            host, workflow, credentials, place, CandidateIsolation::programs, file::recording);
    wiring.isolate(Workflow.Isolation.BEST_EFFORT, host.temporary());
    return Prepared.freeze(
        workflow,
        wiring,
        wiring.lanes(request.agents()),
        repository.frozenTree(commit),
        Wish.choose(request.intent(), null, workflow.intent()),
        null,
        file.isIn(workTree) ? List.of(file.name()) : List.of());
  }

  private String commit(GitRepository repository) {
    return repository
        .resolve(request.base())
        .orElseThrow(
            () -> new UserException("--base: '%s' names no commit here".formatted(request.base())));
  }

  private void refuseMovingBase(GitRepository repository, Workflow workflow, String commit) {
    boolean moves = request.commit() && workflow.anchor() == Workflow.Anchor.PULL_REQUEST;
    if (moves && !repository.resolve("HEAD").equals(Optional.of(commit))) {
      throw new UserException(
          "--base: '%s' is not HEAD, so the outcome cannot be committed here; add --no-commit, or write 'anchor: side-branch' in the workflow file"
              .formatted(request.base()));
    }
  }
}
