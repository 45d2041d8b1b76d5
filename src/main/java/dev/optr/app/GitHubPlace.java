package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.agents.copilot.GitHubRepository;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The repository at GitHub that a run is about, for agents that work there.
 *
 * @param apiUrl base of its REST API; empty = GitHub's own
 * @param lacking why there is none; empty text where there is one
 */
record GitHubPlace(Optional<GitHubRepository> repository, Optional<String> apiUrl, String lacking) {
  private static final String GITHUB = "https://github.com";

  /** As the runner names it. */
  static GitHubPlace of(ActionEnvironment action, boolean fork) {
    Optional<String> apiUrl = Optional.of(action.apiUrl().toString());
    return fork
        ? new GitHubPlace(
            Optional.empty(),
            apiUrl,
            "the pull request comes from a fork, where no task can be started")
        : new GitHubPlace(
            GitHubRepository.of(action.serverUrl(), action.repository()),
            apiUrl,
            "GITHUB_REPOSITORY is no 'owner/name'");
  }

  /** The same for a directory that may belong to no clone. */
  static GitHubPlace at(Path directory, Host host) {
    try (GitRepository clone = GitRepository.open(directory, host.checkpoint())) {
      return of(clone, host.environment());
    } catch (UserException noClone) {
      return new GitHubPlace(
          Optional.empty(), Optional.empty(), String.join("; ", noClone.messages()));
    }
  }

  /** As the remote 'origin' of a clone names it, else the variable that codespaces have. */
  static GitHubPlace of(GitRepository clone, Map<String, String> environment) {
    String server = environment.getOrDefault("GITHUB_SERVER_URL", "");
    URI url = URI.create(server.startsWith("https://") ? server : GITHUB);
    Optional<String> apiUrl =
        Optional.ofNullable(environment.get("GITHUB_API_URL")).filter(it -> !it.isBlank());
    return new GitHubPlace(
        clone
            .remoteUrl("origin")
            .flatMap(origin -> GitHubRepository.ofRemote(url, origin))
            .or(
                () ->
                    Optional.ofNullable(environment.get("GITHUB_REPOSITORY"))
                        .flatMap(slug -> GitHubRepository.of(url, slug))),
        apiUrl,
        "neither the remote 'origin' nor GITHUB_REPOSITORY names a repository at %s, where a task could be started"
            .formatted(url.getHost()));
  }
}
