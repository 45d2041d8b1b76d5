package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.List;

/**
 * The run in a log that folds: one group for each lane, one for the frozen commit, one for the
 * decision. Titles hold no foreign text; texts do, so they are printed with the runner's commands
 * switched off.
 */
public final class LogGroups {
  private static final int LONGEST_LINE = 400;
  private static final int LONGEST_TAIL = 4_000;

  private LogGroups() {}

  /**
   * What is folded behind one line.
   *
   * @param title one line of ours
   * @param text many lines, some of them foreign
   */
  public record Group(String title, String text) {}

  public static List<Group> of(RunReport report) {
    List<Group> groups = new ArrayList<>();
    for (Ranked ranked : report.selection().candidates()) {
      groups.add(lane(ranked.examined(), report.plainText()));
    }
    groups.add(
        new Group(
            "optr: head: " + (report.head().admissible() ? "admissible" : "not admissible"),
            checks(report.head().checks(), report.plainText())));
    groups.add(new Group("optr: how it was decided", new HowDecided(report).text()));
    groups.add(new Group("optr: " + report.outcome(), ConsoleReport.table(report)));
    return List.copyOf(groups);
  }

  private static Group lane(Examined examined, PlainText plain) {
    Candidate candidate = examined.candidate();
    Answer answer = candidate.answer();
    String found = examined.admissible() ? ", admissible" : ", not admissible";
    String title =
        "optr: lane %s: %s in %s%s"
            .formatted(
                candidate.agent(),
                Claims.ended(answer),
                Quantities.duration(answer.exchange().durationMs() / 1000),
                answer instanceof Answer.Proposed ? found : "");
    return new Group(title, asked(answer, plain) + checks(examined.checks(), plain));
  }

  private static String asked(Answer answer, PlainText plain) {
    Exchange exchange = answer.exchange();
    List<String> lines = new ArrayList<>();
    if (exchange.model() != null) {
      lines.add("model " + plain.line(exchange.model(), LONGEST_LINE));
    }
    if (!(answer instanceof Answer.NotAsked)) {
      lines.add(
          "%d requests, %d of them repeated, %s"
              .formatted(
                  exchange.usage().requests(),
                  exchange.usage().retries(),
                  Quantities.usd(exchange.usage().usd())));
    }
    exchange.requestIds().stream()
        .map(id -> "request " + plain.line(id, LONGEST_LINE))
        .forEach(lines::add);
    String said =
        switch (answer) {
          case Answer.Proposed _ -> "";
          case Answer.Declined(String reason, _) -> reason;
          case Answer.Failed(_, String message, _) -> message;
          case Answer.NotAsked(String reason, _) -> reason;
        };
    if (!said.isBlank()) {
      lines.add("it says: " + plain.line(said, LONGEST_LINE));
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static String checks(List<Check> checks, PlainText plain) {
    StringBuilder out = new StringBuilder();
    for (Check check : checks) {
      out.append(Reason.rule(check.id()))
          .append(": ")
          .append(Characters.words(check.result()))
          .append(" in ")
          .append(check.durationMs())
          .append(" ms\n");
      check
          .because()
          .forEach(
              because -> out.append("  ").append(plain.line(because, LONGEST_LINE)).append('\n'));
      if (!check.held() && check.evidence() instanceof Check.Command command) {
        tail(command.outputTail(), plain)
            .lines()
            .forEach(line -> out.append("  | ").append(line).append('\n'));
      }
    }
    return out.toString();
  }

  /** The end of an output, which is where a failure is told. */
  private static String tail(String output, PlainText plain) {
    String shown = plain.lines(output).strip();
    int from = Math.max(0, shown.length() - LONGEST_TAIL);
    return from == 0 ? shown : "[cut]" + shown.substring(shown.indexOf('\n', from) + 1);
  }
}
