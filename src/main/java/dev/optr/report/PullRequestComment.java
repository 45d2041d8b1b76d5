package dev.optr.report;

/**
 * The one comment on a pull request, edited in place. At most 60,000 characters; nothing from an
 * agent is markdown in it.
 */
public final class PullRequestComment {
  private PullRequestComment() {}

  /** The comment, its hidden marker first. */
  public static String render(RunReport report) {
    return new Page(report, Surface.COMMENT).render(marker(report.workflow()) + "\n");
  }

  /**
   * The first line of the comment of a workflow; anyone can write one, so the author counts too.
   */
  public static String marker(String workflow) {
    return "<!-- optr:sticky v1 workflow=" + workflow + " -->";
  }
}
