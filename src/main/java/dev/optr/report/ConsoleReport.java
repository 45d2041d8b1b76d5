package dev.optr.report;

import dev.optr.git.TreeDiff;
import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The run on a terminal or in a log: no colours, and nothing from an agent at the beginning of a
 * line, where it could be a command to the runner.
 */
public final class ConsoleReport {
  private static final int MOST_FILES = 20;
  private static final TextTable.Align LEFT = TextTable.Align.LEFT;
  private static final TextTable.Align RIGHT = TextTable.Align.RIGHT;

  private ConsoleReport() {}

  public static String table(RunReport report) {
    StringBuilder out = new StringBuilder();
    out.append(Headline.of(report, UnaryOperator.identity())).append('\n');
    out.append(summary(report)).append("\n\n").append(rows(report));
    report.best().ifPresent(best -> out.append(block("selected path", selected(report, best))));
    out.append(
        block(
            report.best().isPresent() ? "why not the others" : "why not",
            WhyNots.plain(report).lines()));
    out.append(
        block(
            "to know",
            report.notices().stream()
                .map(notice -> report.plainText().line(notice, 500))
                .toList()));
    return out.append('\n').append(places(report)).toString();
  }

  private static String summary(RunReport report) {
    List<String> parts = new ArrayList<>();
    report
        .best()
        .map(Ranked::score)
        .ifPresent(
            score ->
                parts.add(
                    "expected time to value "
                        + Quantities.expectation(score.expectedTtvSeconds())));
    parts.add("took " + Quantities.duration(report.durationMs() / 1000));
    parts.add("cost " + Headline.cost(report));
    return String.join(", ", parts);
  }

  private static String rows(RunReport report) {
    TextTable table =
        new TextTable(
            List.of(LEFT, LEFT, LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT, LEFT, RIGHT, LEFT));
    table.row(
        List.of(
            "",
            "agent",
            "outcome",
            "admissible",
            "E[TTV]",
            "J (h)",
            "risk",
            "cost",
            "change",
            "checks",
            "why not"));
    Row.all(report).forEach(row -> table.row(cells(row)));
    return table.text();
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.mark(),
        row.agent(),
        Stream.of(row.outcome(), row.remarks())
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(", ")),
        row.admissible(),
        row.expectation(),
        row.objective(),
        row.risk(),
        row.cost(),
        row.change(),
        row.checks(),
        String.join(
            ", ",
            row.reasons().stream().map(reason -> reason.rule() + " " + reason.finding()).toList()));
  }

  private static List<String> selected(RunReport report, Ranked best) {
    TreeDiff diff = Objects.requireNonNull(best.examined().candidate().diff());
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, tree %s, %s"
            .formatted(
                best.examined().candidate().agent(),
                best.examined().candidate().tree(),
                Row.change(diff)));
    diff.files().stream()
        .limit(MOST_FILES)
        .map(file -> file(file, report.plainText()))
        .forEach(lines::add);
    if (diff.files().size() > MOST_FILES) {
      lines.add("and " + (diff.files().size() - MOST_FILES) + " more files");
    }
    return lines;
  }

  private static String file(TreeDiff.File file, PlainText plain) {
    return "+%d -%d %s%s"
        .formatted(file.additions(), file.deletions(), plain.line(file.path(), 200), mode(file));
  }

  /** A change of mode has no line of its own to be counted. */
  private static String mode(TreeDiff.File file) {
    String before = file.oldMode();
    String after = file.newMode();
    boolean ordinary = after == null || after.equals(before == null ? "100644" : before);
    return ordinary ? "" : ", mode " + (before == null ? "" : before + " -> ") + after;
  }

  private static String block(String title, List<String> lines) {
    return lines.isEmpty() ? "" : "\n" + title + "\n  " + String.join("\n  ", lines) + "\n";
  }

  private static @Nullable String gate(RunReport report) {
    return report.gate() == null
        ? null
        : report.gate().state().name().toLowerCase(Locale.ROOT)
            + ", "
            + new PlainText(report.redactor()).line(report.gate().description(), 300);
  }

  private static String places(RunReport report) {
    TextTable table = new TextTable(List.of(LEFT, LEFT));
    place(table, "gate", gate(report));
    place(table, "isolation", report.isolation());
    place(table, "input digest", report.intent().digest());
    place(table, "documents", report.datalake());
    place(table, "ledger entry", report.ledgerEntry());
    place(table, "anchor", report.anchor());
    place(table, "run", report.runUrl());
    place(table, "execute it", report.executeCommand());
    place(table, "check it", report.verifyCommand());
    return table.text();
  }

  private static void place(TextTable table, String label, @Nullable String value) {
    if (value != null) {
      table.row(List.of(label, Characters.line(value, 300)));
    }
  }
}
