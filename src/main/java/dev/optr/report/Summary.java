package dev.optr.report;

/** The step summary: the comment's text with more room, at most 900 KiB of UTF-8. */
public final class Summary {
  private Summary() {}

  public static String render(RunReport report) {
    return new Page(report, Surface.SUMMARY).render("");
  }
}
