package dev.optr.report;

import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.intent.IntentSource;
import dev.optr.selection.Ranked;
import dev.optr.selection.Score;
import dev.optr.workflow.Constraint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The numbers and results that decided, as aligned plain text. */
final class HowDecided {
  private final RunReport report;

  HowDecided(RunReport report) {
    this.report = report;
  }

  String text() {
    return Stream.of(objective(), checks(), Opinions.of(report), facts(), JobRuns.of(report))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private String objective() {
    List<Ranked> scored =
        report.selection().candidates().stream().filter(lane -> lane.score() != null).toList();
    if (scored.isEmpty()) {
      return "Objective: no path was admissible, so none has one\n";
    }
    Map<String, Function<Score, @Nullable BigDecimal>> terms = measured(scored);
    List<String> head = new ArrayList<>(List.of("agent"));
    head.addAll(terms.keySet());
    TextTable table = new TextTable(columns(head.size(), TextTable.Align.RIGHT)).row(head);
    for (Ranked lane : scored) {
      List<String> cells = new ArrayList<>(List.of(lane.examined().candidate().agent()));
      Score score = Objects.requireNonNull(lane.score());
      terms.values().forEach(term -> cells.add(Quantities.hours(term.apply(score))));
      table.row(cells);
    }
    return "Objective, in hours; the smallest wins\n" + table.text();
  }

  /** The terms that were measured for the run, in the order of the formula. */
  private static Map<String, Function<Score, @Nullable BigDecimal>> measured(List<Ranked> scored) {
    Map<String, Function<Score, @Nullable BigDecimal>> terms = new LinkedHashMap<>();
    terms.put("verify", Score::verifyHours);
    terms.put("review", Score::reviewHours);
    terms.put("rework", Score::reworkHours);
    terms.put("E[TTV]", Score::expectedTtvHours);
    terms.put("cost", Score::costHours);
    terms.put("risk", Score::riskHours);
    terms.put("probability", Score::probabilityHours);
    terms.put("J", Score::objective);
    terms
        .values()
        .removeIf(
            term ->
                scored.stream()
                    .map(Ranked::score)
                    .filter(Objects::nonNull)
                    .allMatch(score -> term.apply(score) == null));
    return terms;
  }

  private String checks() {
    Map<String, List<Check>> columns = new LinkedHashMap<>();
    for (Ranked lane : report.selection().candidates()) {
      Examined examined = lane.examined();
      if (!examined.checks().isEmpty()) {
        columns.put(examined.candidate().agent(), examined.checks());
      }
    }
    columns.put("head", report.head().checks());
    List<String> head = new ArrayList<>(List.of("check", "kind"));
    head.addAll(columns.keySet());
    TextTable table = new TextTable(columns(head.size(), TextTable.Align.LEFT)).row(head);
    for (String id : ids(columns.values())) {
      List<String> cells = new ArrayList<>(List.of(Reason.rule(id), kind(id)));
      columns.values().forEach(checks -> cells.add(result(id, checks)));
      table.row(cells);
    }
    return "Constraints and invariants; (!) = the frozen commit fails it too\n" + table.text();
  }

  private String facts() {
    return """
        isolation     %s
        intent        %s
        frozen commit %s
        input digest  %s
        """
            .formatted(
                Characters.line(report.isolation(), 200),
                source(report.intent().source()),
                report.intent().commit(),
                report.intent().digest())
        + merges();
  }

  /** The other heads are the same for every path; what each path does to them the checks say. */
  private String merges() {
    return report.selection().candidates().stream()
        .flatMap(lane -> lane.examined().checks().stream())
        .map(Check::evidence)
        .filter(Check.Merges.class::isInstance)
        .map(Check.Merges.class::cast)
        .findFirst()
        .map(found -> "merged with   " + OtherBranches.line(found) + "\n")
        .orElse("");
  }

  static String source(IntentSource source) {
    return switch (source) {
      case IntentSource.PullRequest(long number, _) -> "from pull request " + number;
      case IntentSource.Comment(long number, _) -> "from a comment on pull request " + number;
      case IntentSource.Argument() -> "from the command line";
      case IntentSource.WorkflowFile() -> "from the workflow file";
    };
  }

  private String kind(String id) {
    return report.intent().constraints().stream()
        .filter(constraint -> constraint.id().equals(id))
        .findFirst()
        .map(HowDecided::kind)
        .orElse("invariant");
  }

  private static String kind(Constraint constraint) {
    return constraint.advisory() ? "advisory" : "constraint";
  }

  private static List<String> ids(Collection<List<Check>> columns) {
    return columns.stream().flatMap(List::stream).map(Check::id).distinct().toList();
  }

  private static String result(String id, List<Check> checks) {
    return checks.stream()
        .filter(check -> check.id().equals(id))
        .findFirst()
        .map(HowDecided::result)
        .orElse("");
  }

  private static String result(Check check) {
    return Characters.words(check.result())
        + (check.flaky() ? ", flaky" : "")
        + (check.brokenBefore() ? " (!)" : "");
  }

  private static List<TextTable.Align> columns(int count, TextTable.Align others) {
    List<TextTable.Align> columns = new ArrayList<>(List.of(TextTable.Align.LEFT));
    while (columns.size() < count) {
      columns.add(others);
    }
    return columns;
  }
}
