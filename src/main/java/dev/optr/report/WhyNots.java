package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.WhyNot;
import dev.optr.record.Counterfactual;
import dev.optr.selection.Ranked;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Why every other lane was not selected and what would flip that, one line each. */
final class WhyNots {
  static final int LONGEST_MESSAGE = 400;
  private static final int LONGEST_EVIDENCE = 240;

  private final RunReport report;
  private final PlainText plain;
  private final Voice voice;

  private WhyNots(RunReport report, Voice voice) {
    this.report = report;
    this.plain = report.plainText();
    this.voice = voice;
  }

  /** How names and foreign texts stand in a line. */
  private enum Voice {
    PLAIN {
      @Override
      String quoted(String text) {
        return text;
      }

      @Override
      String evidence(String text) {
        return " [" + text + "]";
      }
    },
    MARKDOWN {
      @Override
      String quoted(String text) {
        return Markdown.code(text, LONGEST_MESSAGE);
      }

      @Override
      String evidence(String text) {
        return ", evidence: " + quoted(text);
      }
    };

    abstract String quoted(String text);

    abstract String evidence(String text);
  }

  /** Lines that hold agent text as it is, so never markdown. */
  static WhyNots plain(RunReport report) {
    return new WhyNots(report, Voice.PLAIN);
  }

  /** Lines of markdown, in which all that is foreign is code. */
  static WhyNots markdown(RunReport report) {
    return new WhyNots(report, Voice.MARKDOWN);
  }

  /** All lanes but the selected one, then the frozen commit where it is not admissible. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Ranked ranked : report.selection().candidates()) {
      String agent = voice.quoted(ranked.examined().candidate().agent());
      reasons(ranked).forEach(reason -> lines.add(agent + ": " + reason));
    }
    String head = voice.quoted("head");
    report.head().whyNot().forEach(denial -> lines.add(head + ": " + denial(denial)));
    return lines;
  }

  private List<String> reasons(Ranked ranked) {
    return switch (ranked.examined().candidate().answer()) {
      case Answer.Proposed _ -> path(ranked);
      case Answer.Declined(String reason, _) -> List.of("declined: " + message(reason));
      case Answer.NotAsked(String reason, _) -> List.of("not asked: " + message(reason));
      case Answer.Failed(FailureCode code, String text, _) ->
          List.of("failed with " + code + ": " + message(text));
    };
  }

  private List<String> path(Ranked ranked) {
    List<String> reasons = new ArrayList<>(samePath(ranked));
    ranked.examined().whyNot().forEach(denial -> reasons.add(denial(denial)));
    Counterfactual.of(report.selection(), ranked).map(this::flip).ifPresent(reasons::add);
    return reasons;
  }

  private String denial(WhyNot denial) {
    String evidence =
        denial.evidence().isBlank()
            ? ""
            : voice.evidence(plain.line(denial.evidence(), LONGEST_EVIDENCE));
    return "%s %s: %s%s (%s)"
        .formatted(
            rule(denial.rule()),
            Reason.finding(denial.code()),
            message(denial.message()),
            evidence,
            denial.code());
  }

  private String flip(Counterfactual counterfactual) {
    return switch (counterfactual) {
      case Counterfactual.SmallerObjective(BigDecimal hours) -> gap(hours);
      case Counterfactual.RulesHold(List<String> rules) ->
          "to compete, these must hold: "
              + String.join(", ", rules.stream().map(this::rule).toList());
      case Counterfactual.QuorumReached() -> "admissible; to compete, more agents must answer";
    };
  }

  /** Who else found the selected path; empty for the lane that is named for it. */
  private List<String> samePath(Ranked ranked) {
    Candidate candidate = ranked.examined().candidate();
    return report
        .best()
        .map(best -> best.examined().candidate())
        .filter(winner -> !winner.agent().equals(candidate.agent()))
        .filter(winner -> Objects.equals(winner.tree(), candidate.tree()))
        .map(winner -> voice.quoted(winner.agent()))
        .map(winner -> List.of("reached the very tree of " + winner + ", the selected one"))
        .orElse(List.of());
  }

  private static String gap(BigDecimal hours) {
    return hours.signum() == 0
        ? "admissible; its objective is as small, the tie-break decided"
        : "admissible; to win, its objective must be more than %s smaller"
            .formatted(Quantities.exactHours(hours));
  }

  /** How a check that does not hold is repeated, one command per line. */
  Stream<String> repeats() {
    return report.selection().candidates().stream()
        .flatMap(ranked -> ranked.examined().checks().stream())
        .filter(check -> !check.held())
        .map(Check::repeat)
        .filter(Objects::nonNull)
        .distinct()
        .map(this::message)
        .map(repeat -> "to repeat: " + repeat);
  }

  private String rule(String id) {
    return voice.quoted(Reason.rule(id));
  }

  private String message(String text) {
    return voice.quoted(plain.line(text, LONGEST_MESSAGE));
  }
}
