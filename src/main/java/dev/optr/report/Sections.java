package dev.optr.report;

import dev.optr.datalake.DataLakePaths;
import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the page folds away, first what matters most. */
final class Sections {
  private final RunReport report;
  private final DataLakePaths paths;

  Sections(RunReport report) {
    this.report = report;
    this.paths = new DataLakePaths(report.datalake());
  }

  List<Section> all() {
    List<Section> sections = new ArrayList<>();
    AgentSection agents = new AgentSection(report);
    whyNot().ifPresent(sections::add);
    report.best().map(agents::selected).ifPresent(sections::add);
    sections.add(howItWasDecided());
    if (report.ledgerEntry() != null || report.anchor() != null) {
      sections.add(
          Section.of(
              "How to check it", part("sh", HowToCheck.commands(report), paths.selection())));
    }
    sections.addAll(agents.worstFirst());
    return sections;
  }

  private Optional<Section> whyNot() {
    WhyNots whyNots = WhyNots.markdown(report);
    List<String> lines = new ArrayList<>(whyNots.lines());
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    whyNots.repeats().forEach(lines::add);
    return Optional.of(
        Section.of(whyNotTitle(), new Section.Part.Bullets(lines, paths.selection())));
  }

  private Section howItWasDecided() {
    return new Section(
        "How it was decided",
        List.of(part("text", new HowDecided(report).text(), paths.selection())),
        documents());
  }

  private static Section.Part part(String info, String text, String whole) {
    return new Section.Part.Fenced("", info, text, whole);
  }

  private String whyNotTitle() {
    List<Ranked> lanes = report.selection().candidates();
    if (lanes.isEmpty()) {
      return "Why the commit is not admissible";
    }
    return report.best().isPresent() ? "Why not the others" : "Why nothing was selected";
  }

  private String documents() {
    return report
        .links()
        .map(
            links ->
                "The documents: "
                    + Markdown.link("selection", links.file(paths.selection()))
                    + ", "
                    + Markdown.link("input", links.file(paths.intent()))
                    + ", "
                    + Markdown.link("workflow file", links.file(paths.workflowFile()))
                    + ".")
        .orElse("");
  }
}
