package dev.optr.github;

import java.net.URI;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHCommitStatus;

/** Commit statuses (REST API, "Commit statuses"). */
public final class Statuses {
  private static final int LONGEST_DESCRIPTION = 140;

  private final GitHubConnection connection;

  Statuses(GitHubConnection connection) {
    this.connection = connection;
  }

  /**
   * Sets the status of one context on a commit; the newest of a context counts.
   *
   * @param sha the commit, 40 hex digits
   * @param context name of the status, which GitHub compares without case
   * @param description one line, cut at GitHub's limit of 140 characters
   * @param targetUrl where the status leads to
   */
  public void set(
      String sha, CommitState state, String context, String description, URI targetUrl) {
    GHCommitStatus _ =
        connection.perform(
            "set the status '" + context + "' on " + sha,
            () ->
                connection
                    .repository()
                    .createCommitStatus(
                        sha, libraryState(state), targetUrl.toString(), cut(description), context));
  }

  private static String cut(String description) {
    if (description.codePointCount(0, description.length()) <= LONGEST_DESCRIPTION) {
      return description;
    }
    int end = description.offsetByCodePoints(0, LONGEST_DESCRIPTION - 1);
    return description.substring(0, end) + "\u2026";
  }

  private static GHCommitState libraryState(CommitState state) {
    return switch (state) {
      case PENDING -> GHCommitState.PENDING;
      case SUCCESS -> GHCommitState.SUCCESS;
      case FAILURE -> GHCommitState.FAILURE;
      case ERROR -> GHCommitState.ERROR;
    };
  }
}
