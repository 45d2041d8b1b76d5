package dev.optr.report;

/**
 * The comment of a run in which no agent was asked: the commit itself was examined. It takes the
 * place of the run's comment and has its marker.
 */
public final class HeadComment {
  /** Why nobody was asked. */
  public enum Unasked {
    /** The workflow file asks agents on other pushes. */
    TRIGGER("agents are not asked on this push ('trigger.push' in the workflow file)"),
    /** The commit is an executed one. */
    EXECUTED("this commit executes a selected path, so agents are asked on request alone");

    private final String sentence;

    Unasked(String sentence) {
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  private HeadComment() {}

  /** The comment, its hidden marker first. */
  public static String render(RunReport report, Unasked why) {
    return PullRequestComment.marker(report.workflow())
        + "\n"
        + new Page(report, Surface.COMMENT).render("")
        + why.sentence();
  }
}
