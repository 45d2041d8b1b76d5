package dev.optr.git;

import dev.optr.base.Network;
import dev.optr.base.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refs of a remote repository, some of which may be gone. */
public final class RemoteHeads {
  private final GitRepository repository;
  private final Network network;
  private final URI remote;
  private final Optional<Secret> token;

  /** See {@link GitRepository#fetch} for what each of these may be. */
  public RemoteHeads(
      GitRepository repository, Network network, URI remote, Optional<Secret> token) {
    this.repository = repository;
    this.network = network;
    this.remote = remote;
    this.token = token;
  }

  /**
   * Fetches the refs that are there, all of them at once, with their history.
   *
   * @param destinations where each is kept here, by its name there; whole names
   * @return the commit of each one that was there, by its name there
   */
  public Map<String, String> fetch(Map<String, String> destinations) {
    return new Fetch(repository.jgit(), repository.checkpoint(), network)
        .fetchPresent(remote, token, destinations);
  }

  /**
   * Fetches commits by their ids, with all that they need; no ref has to lead to them, here or
   * there (git's protocol 2, or {@code uploadpack.allowAnySHA1InWant}). Those that are here already
   * are not asked for: the remote repository need not have them.
   */
  public void fetchCommits(List<String> ids) {
    List<String> missing = ids.stream().filter(id -> repository.resolve(id).isEmpty()).toList();
    if (!missing.isEmpty()) {
      new Fetch(repository.jgit(), repository.checkpoint(), network)
          .fetchObjects(remote, token, missing);
    }
  }
}
