package dev.optr.github;

import org.kohsuke.github.GHCheckRun;
import org.kohsuke.github.GHCheckRunBuilder;

/** Check runs (REST API, "Check runs"), as a page to read and never as a gate. */
public final class CheckRuns {
  /** GitHub's limit for a summary, in characters. */
  public static final int LONGEST_SUMMARY = 65_535;

  private final GitHubConnection connection;

  CheckRuns(GitHubConnection connection) {
    this.connection = connection;
  }

  /**
   * Puts a check run on a commit, completed and neutral: it neither satisfies nor stops anything.
   *
   * @param sha the commit, 40 hex digits
   * @param summary Markdown, at most {@link #LONGEST_SUMMARY} characters
   */
  public void report(String sha, String name, String title, String summary) {
    if (summary.length() > LONGEST_SUMMARY) {
      throw new IllegalArgumentException(
          "a summary of " + summary.length() + " characters is too long");
    }
    GHCheckRun _ =
        connection.perform(
            "report the check run '" + name + "' on " + sha,
            () ->
                connection
                    .repository()
                    .createCheckRun(name, sha)
                    .withStatus(GHCheckRun.Status.COMPLETED)
                    .withConclusion(GHCheckRun.Conclusion.NEUTRAL)
                    .add(new GHCheckRunBuilder.Output(title, summary))
                    .create());
  }
}
