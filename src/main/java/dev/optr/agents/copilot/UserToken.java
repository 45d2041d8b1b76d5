package dev.optr.agents.copilot;

import dev.optr.base.Secret;
import java.util.List;
import java.util.Optional;

/** Which of GitHub's tokens can start a task: those of a person, told by their prefix. */
final class UserToken {
  /** What to make, for messages. */
  static final String WANTED =
      "a fine-grained personal access token with the repository permissions 'Agent tasks' (read and"
          + " write) and 'Contents' (read and write), of a person whose plan is Copilot Business or"
          + " Copilot Enterprise";

  private static final List<String> USERS = List.of("github_pat_", "ghp_", "gho_", "ghu_");

  private UserToken() {}

  /**
   * Why a token is of no use here; empty where it may be.
   *
   * @param place what holds it, for the message
   */
  static Optional<String> problem(Secret token, String place) {
    String value = token.reveal();
    if (USERS.stream().anyMatch(value::startsWith)) {
      return Optional.empty();
    }
    String found =
        value.startsWith("ghs_")
            ? "holds an installation token such as GITHUB_TOKEN, with which no task can be started"
            : "holds no personal access token and no user token of an app";
    return Optional.of("the %s %s; set it to %s".formatted(place, found, WANTED));
  }
}
