package dev.optr.report;

import java.util.List;

/**
 * The run in a log that folds: one group for each step and each lane. Titles hold no foreign text;
 * texts do, and are printed with the runner's commands switched off.
 */
public final class LogGroups {
  private LogGroups() {}

  /**
   * What is folded behind one line.
   *
   * @param title one line of ours
   * @param text many lines, some of them foreign
   */
  public record Group(String title, String text) {}

  public static List<Group> of(RunReport report) {
    return List.of(new Group("optr: " + report.outcome(), ConsoleReport.table(report)));
  }
}
