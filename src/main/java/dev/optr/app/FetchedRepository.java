package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.Bytes;
import dev.optr.base.Secret;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run needs of the repository at GitHub, fetched into a bare one of our own. No checkout is
 * needed and none is used.
 *
 * @param tips commits of the refs that were asked for and are there, by their whole names
 */
record FetchedRepository(GitRepository repository, Map<String, String> tips)
    implements AutoCloseable {
  private static final String SIDE_THERE = "refs/heads/" + SideBranch.NAME;

  FetchedRepository {
    tips = Map.copyOf(tips);
  }

  /**
   * Fetches refs with their history, and the ledger's side branch where there is one.
   *
   * @param wanted whole names; those that are not there are left out
   */
  static FetchedRepository of(Host host, ActionEnvironment action, List<String> wanted) {
    GitRepository repository =
        GitRepository.initBare(
            action.runnerTemp().resolve("optr/repository.git"), host.checkpoint());
    Map<String, String> destinations = new HashMap<>(Map.of(SIDE_THERE, SideBranch.FETCHED));
    wanted.forEach(ref -> destinations.put(ref, "refs/optr/fetched/" + ref));
    return new FetchedRepository(repository, remote(host, action, repository).fetch(destinations));
  }

  /** The repository at GitHub, for further fetches. */
  static RemoteHeads remote(Host host, ActionEnvironment action, GitRepository repository) {
    return new RemoteHeads(repository, host.network(), url(action), token(action));
  }

  /** Where git finds the repository. */
  static URI url(ActionEnvironment action) {
    return URI.create(action.serverUrl() + "/" + action.repository() + ".git");
  }

  private static Optional<Secret> token(ActionEnvironment action) {
    return action.inputs().credential(ActionInput.GITHUB_TOKEN);
  }

  /** The commit that a ref is on; empty where there is no such ref. */
  Optional<String> tip(String ref) {
    return Optional.ofNullable(tips.get(ref));
  }

  /** A workflow file and where it stands. */
  record WorkflowAt(String path, Bytes source) {}

  /** The workflow file of a commit. */
  Optional<WorkflowAt> workflowAt(ActionEnvironment action, String commit) {
    List<String> paths =
        action
            .inputs()
            .text(ActionInput.WORKFLOW)
            .map(List::of)
            .orElse(WorkflowSource.DEFAULT_PATHS);
    return paths.stream()
        .flatMap(
            path ->
                repository.file(commit, path).map(source -> new WorkflowAt(path, source)).stream())
        .findFirst();
  }

  @Override
  public void close() {
    repository.close();
  }
}
