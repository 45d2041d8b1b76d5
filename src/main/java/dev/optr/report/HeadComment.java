package dev.optr.report;

/**
 * The comment of a run in which no agent was asked: the commit itself was examined. It takes the
 * place of the run's comment and has its marker.
 */
public final class HeadComment {
  /** Why nobody was asked. */
  public enum Unasked {
    /** The workflow file asks agents on other pushes. */
    TRIGGER(
        "Agents are not asked on this push (`trigger` in the workflow file); `/optr run` asks them."),
    /** The commit is an executed one. */
    EXECUTED(
        "This commit executes a selected path; `/optr run` asks agents about it all the same.");

    private final String sentence;

    Unasked(String sentence) {
      this.sentence = sentence;
    }

    /** Markdown of ours. */
    String sentence() {
      return sentence;
    }
  }

  private HeadComment() {}

  /** The comment, its hidden marker first. */
  public static String render(RunReport report, Unasked why) {
    return PullRequestComment.render(report.with(new Standing.HeadAlone(why)));
  }
}
