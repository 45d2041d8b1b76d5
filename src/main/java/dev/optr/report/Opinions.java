package dev.optr.report;

import dev.optr.evidence.Check;
import dev.optr.evidence.Check.Opinion;
import dev.optr.evidence.Check.Review;
import dev.optr.selection.Ranked;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What judges said of constraints in words, each for himself: where they differ, it shows. */
final class Opinions {
  private static final int LONGEST = 120;

  private Opinions() {}

  /** Empty where nobody judged. */
  static String of(RunReport report) {
    TextTable table = new TextTable(Collections.nCopies(6, TextTable.Align.LEFT));
    table.row(List.of("path", "constraint", "result", "judge", "said", "quote, or why not"));
    Set<String> told = new HashSet<>();
    boolean any = false;
    Map<String, List<Check>> paths = new LinkedHashMap<>();
    for (Ranked lane : report.selection().candidates()) {
      paths.put(lane.examined().candidate().agent(), lane.examined().checks());
    }
    paths.put("head", report.head().checks());
    for (Map.Entry<String, List<Check>> path : paths.entrySet()) {
      for (Check check : path.getValue()) {
        // A tree that several agents reached was judged once.
        if (check.evidence() instanceof Review review
            && told.add(review.alias() + " " + check.id())) {
          any = true;
          rows(table, path.getKey(), check, review);
        }
      }
    }
    return any ? "What judges said\n" + table.text() : "";
  }

  private static void rows(TextTable table, String agent, Check check, Review review) {
    String result = Characters.words(check.result()) + (review.advisory() ? " (advisory)" : "");
    for (Opinion opinion : review.opinions()) {
      String words = opinion.why().isEmpty() ? opinion.said().getFirst().quote() : opinion.why();
      table.row(
          List.of(
              agent,
              Reason.rule(check.id()),
              result,
              opinion.judge(),
              Characters.words(opinion.vote()),
              Characters.line(words, LONGEST)));
    }
    if (!review.addressed().isEmpty()) {
      String places = String.join(", ", review.addressed());
      table.row(
          List.of(
              agent,
              Reason.rule(check.id()),
              result,
              "",
              "",
              Characters.line("the path speaks to its judges: " + places, LONGEST)));
    }
  }
}
