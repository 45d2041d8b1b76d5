package dev.optr.report;

import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The markdown of a run: headline and table always, details while the surface's budget lasts. */
final class Page {
  private static final int MOST_REASONS = 3;
  private static final int NOTICES_ROOM = 4_000;
  // Below this a details block would show little more than its own frame.
  private static final int SMALLEST_ROOM = 400;
  // Runs of backticks up to this length are everyday; beyond it, fences are paid for by the text.
  private static final int LONG_FENCE = 64;

  private final RunReport report;
  private final Surface surface;
  private final PlainText plain;

  Page(RunReport report, Surface surface) {
    this.report = report;
    this.plain = report.plainText();
    this.surface = surface;
  }

  /**
   * A collapsed block.
   *
   * @param info the fence's info string
   * @param text gives the text for the room that it has, which it may exceed
   * @param whole where the whole lies, from the repository's root
   */
  private record Section(String title, String info, IntFunction<String> text, String whole) {}

  String render(String marker) {
    String top = marker + headline() + table() + notices();
    String bottom = footer();
    int room = surface.budget() - surface.size(top) - surface.size(bottom);
    return top + details(room) + bottom;
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
      parts.add("anchor " + Markdown.code(Characters.prefix(report.anchor(), 7)));
    }
    return "### "
        + Headline.of(report, Markdown::code)
        + "\n\n"
        + String.join(" · ", parts)
        + "\n\n";
  }

  private String table() {
    StringBuilder out = new StringBuilder();
    out.append(
        Markdown.row(
            List.of(
                " ",
                "agent",
                "outcome",
                "admissible",
                "E[TTV]",
                "J (h)",
                "risk",
                "cost",
                "change",
                "checks",
                "why not")));
    out.append("|---|---|---|---|---:|---:|---:|---:|---|---:|---|\n");
    Row.all(report).forEach(row -> out.append(row(row)));
    return out.append('\n').toString();
  }

  private static String row(Row row) {
    return Markdown.row(
        List.of(
            row.mark(),
            Markdown.code(row.agent()),
            row.outcome(),
            row.admissible(),
            row.expectation(),
            row.objective(),
            row.risk(),
            row.cost(),
            row.change(),
            row.checks(),
            reasons(row.reasons())));
  }

  private static String reasons(List<Reason> reasons) {
    List<String> shown =
        new ArrayList<>(
            reasons.stream()
                .limit(MOST_REASONS)
                .map(reason -> Markdown.code(reason.rule()) + " " + reason.finding())
                .toList());
    if (reasons.size() > MOST_REASONS) {
      shown.add("and " + (reasons.size() - MOST_REASONS) + " more");
    }
    return String.join(", ", shown);
  }

  private String notices() {
    if (report.notices().isEmpty()) {
      return "";
    }
    String lines =
        String.join(
            "\n", report.notices().stream().map(notice -> "* " + plain.line(notice, 500)).toList());
    return Markdown.fence("text", surface.cut(lines, NOTICES_ROOM, "[more in the log]")) + "\n";
  }

  private String details(int room) {
    String pointer =
        "Some details do not fit here: they are in " + Markdown.code(report.datalake()) + "\n\n";
    int left = room - surface.size(pointer);
    StringBuilder out = new StringBuilder();
    List<Section> sections = sections();
    boolean leftOut = false;
    for (int i = 0; i < sections.size(); i++) {
      String block = block(sections.get(i), left / (sections.size() - i));
      leftOut |= block.isEmpty();
      left -= surface.size(block);
      out.append(block);
    }
    return leftOut ? out + pointer : out.toString();
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    WhyNots whyNots = new WhyNots(report);
    List<String> denials = whyNots.lines();
    if (!denials.isEmpty()) {
      List<String> lines = new ArrayList<>(denials);
      whyNots.repeats().forEach(repeat -> lines.add("repeat: " + repeat));
      sections.add(section(whyNotTitle(), "text", String.join("\n", lines)));
    }
    report
        .best()
        .flatMap(best -> SelectedDiff.of(best, plain))
        .ifPresent(diff -> sections.add(diff(diff)));
    sections.add(section("How it was decided", "text", new HowDecided(report).text()));
    Claims claims = new Claims(report);
    if (!claims.isEmpty()) {
      sections.add(
          new Section(
              "What each agent said: claims, which decided nothing",
              "text",
              claims::text,
              report.datalake() + "/agent-outputs"));
    }
    return sections;
  }

  private String whyNotTitle() {
    if (report.mode() == Mode.REPORT_ONLY) {
      return "Why the commit is not admissible";
    }
    return report.best().isPresent() ? "Why not the others" : "Why nothing was selected";
  }

  private Section section(String title, String info, String text) {
    return new Section(title, info, _ -> text, report.datalake() + "/optr-selection.json");
  }

  private Section diff(SelectedDiff diff) {
    return new Section(
        "The selected path" + diff.remark(),
        "diff",
        _ -> diff.text(),
        report.datalake() + "/agent-outputs/" + diff.agent() + ".json");
  }

  /** The block within its room; empty where that is too small. */
  private String block(Section section, int room) {
    int frame = surface.size(frame(section, "")) + 2 * LONG_FENCE;
    if (room < frame + SMALLEST_ROOM) {
      return "";
    }
    int textRoom = room - frame;
    String text = plain.lines(section.text().apply(textRoom));
    boolean longFence = Markdown.fenceOf(text).length() > LONG_FENCE;
    String marker = "[cut here; the whole is in " + Characters.line(section.whole(), 160) + "]";
    return frame(section, surface.cut(text, longFence ? textRoom / 3 : textRoom, marker));
  }

  private static String frame(Section section, String text) {
    return Markdown.details(section.title(), Markdown.fence(section.info(), text)) + "\n";
  }

  private String footer() {
    List<String> parts = new ArrayList<>();
    if (report.executeCommand() != null) {
      parts.add("To execute it: " + Markdown.code(report.executeCommand()) + ".");
    }
    parts.add("To check it: " + Markdown.code(report.verifyCommand()) + ".");
    if (report.ledgerEntry() != null) {
      parts.add("Ledger entry " + Markdown.code(report.ledgerEntry()) + ".");
    }
    return String.join(" ", parts) + "\n";
  }
}
