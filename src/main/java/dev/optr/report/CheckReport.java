package dev.optr.report;

/**
 * The run as a check run shows it, for {@code report: check}; never the gate.
 *
 * @param title one line
 * @param summary markdown, at most 60,000 UTF-16 units
 */
public record CheckReport(String title, String summary) {
  /** The name of the check run. */
  public static final String NAME = "optr report";

  public static CheckReport render(RunReport report) {
    return new CheckReport(
        Headline.of(report, name -> name), new Page(report, Surface.COMMENT).render(""));
  }
}
