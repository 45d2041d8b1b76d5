package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Examined;
import dev.optr.git.TreeDiff;
import dev.optr.record.Withholding;
import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** One agent's words and its diff, folded away; both are foreign, so both are fenced. */
final class AgentSection {
  private final RunReport report;
  private final DataLakePaths paths;
  private final Withholding withholding;

  AgentSection(RunReport report) {
    this.report = report;
    this.paths = new DataLakePaths(report.datalake());
    this.withholding = new Withholding(report.redactor());
  }

  /** The selected path. */
  Section selected(Ranked best) {
    return section("The selected path: " + name(best) + shown(best), best);
  }

  /**
   * The other lanes that have more to say than one line: paths that are not admissible, lanes that
   * declined at length, then admissible paths from the last to the second.
   */
  List<Section> worstFirst() {
    return report.selection().candidates().stream()
        .filter(lane -> report.best().stream().noneMatch(best -> isSameLane(best, lane)))
        .filter(this::hasMoreToSay)
        .sorted(
            Comparator.comparingInt(AgentSection::goodness)
                .thenComparingInt(lane -> -Objects.requireNonNullElse(lane.rank(), 0)))
        .map(lane -> section(title(lane), lane))
        .toList();
  }

  private static int goodness(Ranked lane) {
    if (lane.examined().admissible()) {
      return 2;
    }
    return lane.examined().candidate().answer() instanceof Answer.Proposed ? 0 : 1;
  }

  private boolean hasMoreToSay(Ranked lane) {
    return switch (lane.examined().candidate().answer()) {
      case Answer.Proposed _ -> true;
      case Answer.Declined(String reason, _) -> reason.length() > WhyNots.LONGEST_MESSAGE;
      case Answer.Failed _, Answer.NotAsked _ -> false;
    };
  }

  private String title(Ranked lane) {
    Answer answer = lane.examined().candidate().answer();
    String found = lane.examined().admissible() ? ", admissible" : ", not admissible";
    return name(lane)
        + ": "
        + Claims.ended(answer)
        + (answer instanceof Answer.Proposed ? found : "")
        + shown(lane);
  }

  /** What a reader of the diff must know; empty where all of it is shown. */
  private String shown(Ranked lane) {
    TreeDiff diff = lane.examined().candidate().diff();
    int hidden = diff == null || !hasOwnDiff(lane) ? 0 : Characters.hidden(diff.patch().utf8());
    return hidden == 0 ? "" : " (" + hidden + " invisible or control characters are not shown)";
  }

  private Section section(String title, Ranked lane) {
    Candidate candidate = lane.examined().candidate();
    String whole = paths.agentOutput(candidate.agent());
    List<Section.Part> parts = new ArrayList<>();
    TreeDiff diff = candidate.diff();
    if (diff != null && hasOwnDiff(lane)) {
      parts.add(new Section.Part.Fenced("", "diff", diff(lane.examined(), diff), whole));
    }
    parts.add(
        new Section.Part.Fenced(
            "What the agent says of it: claims, which decided nothing",
            "text",
            Claims.wrapped(lane.examined()),
            whole));
    return new Section(title, parts, below(lane, whole));
  }

  private String below(Ranked lane, String whole) {
    String same =
        hasOwnDiff(lane) || lane.examined().candidate().diff() == null
            ? ""
            : "Its diff is that of the selected path. ";
    return same
        + report
            .links()
            .map(links -> "The whole: " + Markdown.link("its document", links.file(whole)) + ".")
            .orElse("");
  }

  private String diff(Examined examined, TreeDiff diff) {
    return withholding
        .ofChanges(examined)
        .map(rule -> "[not shown: " + rule + " withholds it]")
        .orElseGet(() -> diff.patch().utf8());
  }

  /** False for another lane that reached the selected tree: one diff is enough. */
  private boolean hasOwnDiff(Ranked lane) {
    return report.best().stream()
        .noneMatch(best -> !isSameLane(best, lane) && tree(best).equals(tree(lane)));
  }

  private static String tree(Ranked lane) {
    return String.valueOf(lane.examined().candidate().tree());
  }

  private static boolean isSameLane(Ranked one, Ranked other) {
    return one.examined().candidate().agent().equals(other.examined().candidate().agent());
  }

  /** A name has lower-case letters, digits, dashes and underscores alone. */
  private static String name(Ranked lane) {
    return "<code>" + lane.examined().candidate().agent() + "</code>";
  }
}
