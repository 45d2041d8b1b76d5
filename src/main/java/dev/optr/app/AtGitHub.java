package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.github.Endpoint;
import dev.optr.github.GitHubConnection;

/** The repository that a run is of, at GitHub, with the run's token. */
final class AtGitHub {
  private AtGitHub() {}

  /** Prepares a connection; nothing is sent yet. */
  static GitHubConnection connect(Host host, ActionEnvironment action) {
    Secret token =
        action
            .inputs()
            .credential(ActionInput.GITHUB_TOKEN)
            .orElseThrow(
                () ->
                    new UserException(
                        "input 'github-token' is empty; leave it out to use the job's own token"));
    Endpoint endpoint = new Endpoint(action.apiUrl(), action.graphqlUrl(), action.repository());
    String userAgent = "optr/%s (+run %d)".formatted(Version.text(), action.runId());
    return GitHubConnection.open(
        host.network().httpClient(), endpoint, token, userAgent, host.clock());
  }
}
