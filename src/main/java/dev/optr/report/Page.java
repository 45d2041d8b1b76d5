package dev.optr.report;

import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The markdown of a run: headline, table and chart always, details while the budget lasts. */
final class Page {
  private static final int MOST_REASONS = 3;
  private static final int MOST_NOTICES = 10;
  private static final int LONGEST_NOTICE = 500;
  private static final int SHORT_COMMIT = 7;
  private static final int SHORT_ENTRY = 12;

  private final RunReport report;
  private final Surface surface;
  private final PlainText plain;

  Page(RunReport report, Surface surface) {
    this.report = report;
    this.plain = report.plainText();
    this.surface = surface;
  }

  String render(String marker) {
    String top = marker + headline() + standing() + table() + notices() + chart();
    String bottom = footer();
    int room = surface.budget() - surface.size(top) - surface.size(bottom);
    String details = new Folded(surface, plain, new Sections(report).all()).within(room, pointer());
    return top + details + bottom;
  }

  private String headline() {
    List<String> parts = new ArrayList<>();
    report
        .best()
        .map(Ranked::score)
        .ifPresent(
            score ->
                parts.add(
                    "Expected time to value **"
                        + Quantities.expectation(score.expectedTtvSeconds())
                        + "**"));
    if (report.gate() != null) {
      parts.add(
          "gate **"
              + Characters.words(report.gate().state())
              + "** "
              + Markdown.code(report.gate().description()));
    }
    parts.add(Quantities.duration(report.durationMs() / 1000));
    parts.add(Headline.cost(report));
    if (report.runUrl() != null) {
      parts.add(Markdown.link("run", report.runUrl()));
    }
    if (report.anchor() != null) {
      parts.add("anchor " + commit(report.anchor()));
    }
    return "### "
        + Headline.of(report, Markdown::code)
        + "\n\n"
        + String.join(" · ", parts)
        + "\n\n";
  }

  private String commit(String id) {
    String label = Markdown.code(Characters.prefix(id, SHORT_COMMIT));
    return report.links().map(links -> Markdown.link(label, links.commit(id))).orElse(label);
  }

  /** What a reader must know before the table. */
  private String standing() {
    String said =
        switch (report.standing()) {
          case Standing.Decided() -> reportOnly();
          case Standing.Executed(String commit, String entry) ->
              "Executed as " + commit(commit) + ", ledger entry " + Markdown.code(entry) + ".";
          case Standing.Superseded() ->
              "Somebody pushed during the run: this is about "
                  + commit(report.intent().commit())
                  + ", which is no longer the head. The newer push has a run of its own.";
          case Standing.NotMoved(String reason) ->
              "The branch could not be moved to the anchor, so nothing of this counts: "
                  + Markdown.code(plain.line(reason, LONGEST_NOTICE), LONGEST_NOTICE);
          case Standing.HeadAlone(HeadComment.Unasked why) -> why.sentence();
        };
    return said.isEmpty() ? "" : said + "\n\n";
  }

  private String reportOnly() {
    return report.mode() == Mode.REPORT_ONLY
        ? "No agent was asked and no status was set: the token of this run may not write (a fork's"
            + " or Dependabot's pull request). The commit itself was examined."
        : "";
  }

  private String table() {
    StringBuilder out = new StringBuilder();
    out.append(
        Markdown.row(
            List.of(" ", "agent", "admissible", "E[TTV]", "cost", "checks", "risk", "change")));
    out.append("|---|---|---|---:|---:|---:|---:|---|\n");
    Row.all(report).forEach(row -> out.append(row(row)));
    return out.append('\n').toString();
  }

  private static String row(Row row) {
    return Markdown.row(
        List.of(
            row.mark(),
            agent(row),
            verdict(row),
            row.expectation(),
            row.cost(),
            row.checks(),
            row.risk(),
            row.change()));
  }

  private static String agent(Row row) {
    String remarks = row.remarks().isEmpty() ? "" : " (" + row.remarks() + ")";
    return Markdown.code(row.agent()) + remarks;
  }

  /** Whether it is admissible, and where there was nothing to examine, how the lane ended. */
  private static String verdict(Row row) {
    if (row.admissible().isEmpty()) {
      return row.outcome();
    }
    return row.admissible() + because(row);
  }

  private static String because(Row row) {
    if (row.reasons().isEmpty()) {
      return "";
    }
    List<String> shown =
        new ArrayList<>(
            row.reasons().stream()
                .limit(MOST_REASONS)
                .map(reason -> Markdown.code(reason.rule()) + " " + reason.finding())
                .toList());
    if (row.reasons().size() > MOST_REASONS) {
      shown.add("and " + (row.reasons().size() - MOST_REASONS) + " more");
    }
    return ": " + String.join(", ", shown);
  }

  private String notices() {
    if (report.notices().isEmpty()) {
      return "";
    }
    String notices =
        String.join(
            "\n",
            report.notices().stream()
                .limit(MOST_NOTICES)
                .map(
                    notice ->
                        "* " + Markdown.code(plain.line(notice, LONGEST_NOTICE), LONGEST_NOTICE))
                .toList());
    int more = report.notices().size() - MOST_NOTICES;
    return notices + (more > 0 ? "\n* and " + more + " more, in the log" : "") + "\n\n";
  }

  private String chart() {
    String chart = Gantt.of(report);
    return chart.isEmpty() ? "" : chart + "\n";
  }

  private String pointer() {
    String where =
        report
            .links()
            .map(links -> Markdown.link("the datalake", links.directory(report.datalake())))
            .orElseGet(() -> Markdown.code(report.datalake()));
    return "Some details do not fit here: they are in " + where + ".\n\n";
  }

  private String footer() {
    List<String> parts = new ArrayList<>();
    executable().ifPresent(command -> parts.add("To execute it: " + Markdown.code(command) + "."));
    parts.add("To check it: " + Markdown.code(report.verifyCommand()) + ".");
    if (report.ledgerEntry() != null) {
      parts.add(
          "Ledger entry "
              + Markdown.code(Characters.prefix(report.ledgerEntry(), SHORT_ENTRY))
              + ".");
    }
    return String.join(" ", parts) + "\n";
  }

  private Optional<String> executable() {
    return switch (report.standing()) {
      case Standing.Decided() -> Optional.ofNullable(report.executeCommand());
      case Standing.Executed _, Standing.Superseded _, Standing.NotMoved _, Standing.HeadAlone _ ->
          Optional.empty();
    };
  }
}
