package dev.optr.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Why this path, why not the others, and what would have to change for each of them to win: plain
 * text of many lines. It holds words of agents, so it is never markdown.
 */
public final class Explanation {
  private Explanation() {}

  public static String text(RunReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(Headline.of(report, name -> name));
    lines.addAll(new WhyNots(report).lines());
    return String.join("\n", lines) + "\n" + new HowDecided(report).text();
  }
}
