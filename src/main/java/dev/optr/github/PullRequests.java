package dev.optr.github;

import java.util.ArrayList;
import java.util.List;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;

/** The repository's pull requests. */
public final class PullRequests {
  private static final int PAGE = 100;

  private final GitHubConnection connection;

  PullRequests(GitHubConnection connection) {
    this.connection = connection;
  }

  /**
   * Numbers of the open pull requests whose head is a commit. All open ones are listed (one request
   * per 100), because GitHub's list by commit leaves out those whose head is on the default branch
   * already, and its list by branch those from another branch at the same commit.
   *
   * @param sha 40 hex digits
   */
  public List<Long> openWithHead(String sha) {
    return connection.perform(
        "list the open pull requests",
        () -> {
          List<Long> numbers = new ArrayList<>();
          for (GHPullRequest open :
              connection
                  .repository()
                  .queryPullRequests()
                  .state(GHIssueState.OPEN)
                  .list()
                  .withPageSize(PAGE)) {
            if (open.getHead().getSha().equals(sha)) {
              numbers.add((long) open.getNumber());
            }
          }
          return List.copyOf(numbers);
        });
  }
}
