package dev.optr.report;

import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.List;

/**
 * Why this path, why not the others, and what would have to change for each of them to win: plain
 * text of many lines. It holds words of agents, so it is never markdown.
 */
public final class Explanation {
  private Explanation() {}

  private static String won(RunReport report, Ranked best) {
    return "%s: selected: the smallest objective of %d admissible"
            .formatted(best.examined().candidate().agent(), report.admissiblePaths())
        + (report.admissiblePaths() == 1 ? " path" : " paths");
  }

  public static String text(RunReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(Headline.of(report, name -> name));
    report.best().map(best -> won(report, best)).ifPresent(lines::add);
    lines.addAll(WhyNots.plain(report).lines());
    return String.join("\n", lines) + "\n" + new HowDecided(report).text();
  }
}
