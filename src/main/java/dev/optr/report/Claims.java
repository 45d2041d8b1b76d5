package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Examined;
import dev.optr.record.Withholding;
import dev.optr.selection.Ranked;
import java.util.ArrayList;
import java.util.List;

/** What each agent said of itself. Its lines stand behind a bar, so that none can pose as ours. */
final class Claims {
  private static final String BAR = "  | ";
  private static final int SHORTEST = 200;

  private final List<Ranked> lanes;
  private final PlainText plain;

  Claims(RunReport report) {
    this.lanes = report.selection().candidates();
    this.plain = report.plainText();
  }

  boolean isEmpty() {
    return lanes.isEmpty();
  }

  /**
   * Every lane's words.
   *
   * @param room how long the text should be at most; every lane gets an equal part of it
   */
  String text(int room) {
    int part = Math.max(SHORTEST, room / Math.max(1, lanes.size()));
    StringBuilder out = new StringBuilder();
    for (Ranked ranked : lanes) {
      Candidate candidate = ranked.examined().candidate();
      out.append(candidate.agent()).append(' ').append(ended(candidate.answer())).append(":\n");
      out.append(barred(words(ranked.examined()), part)).append('\n');
    }
    return out.toString();
  }

  private static String ended(Answer answer) {
    return switch (answer) {
      case Answer.Proposed _ -> "proposed";
      case Answer.Declined _ -> "declined";
      case Answer.NotAsked _ -> "was not asked";
      case Answer.Failed(FailureCode code, _, _) -> "failed with " + code;
    };
  }

  private static String words(Examined examined) {
    return Withholding.ofProse(examined)
        ? "[not shown: a credential was found in it, or could not be ruled out]"
        : words(examined.candidate().answer());
  }

  private static String words(Answer answer) {
    return switch (answer) {
      case Answer.Proposed(Proposal proposal, _) -> proposal(proposal);
      case Answer.Declined(String reason, _) -> reason;
      case Answer.NotAsked(String reason, _) -> reason;
      case Answer.Failed(_, String message, _) -> message;
    };
  }

  private static String proposal(Proposal proposal) {
    List<String> lines = new ArrayList<>();
    lines.add(proposal.summary());
    if (!proposal.rationale().isBlank()) {
      lines.add(proposal.rationale());
    }
    if (proposal.ttvEstimateSeconds() != null) {
      lines.add("time to value, estimated by itself: " + proposal.ttvEstimateSeconds() + " s");
    }
    proposal.invariants().forEach(invariant -> lines.add("holds, it says: " + invariant));
    proposal.risks().forEach(risk -> lines.add("risk, it says: " + risk));
    proposal.constraints().forEach(claim -> lines.add(claim(claim)));
    return String.join("\n", lines);
  }

  private static String claim(Proposal.ConstraintClaim claim) {
    Boolean held = claim.held();
    String word = held == null ? "unsure" : held ? "held" : "not held";
    return "constraint " + claim.id() + ", it says: " + word + " " + claim.note();
  }

  private String barred(String words, int part) {
    // Bars make short lines longer; counting them keeps every lane within its part.
    StringBuilder out = new StringBuilder();
    List<String> lines = plain.lines(words).strip().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int room = part - out.length() - BAR.length() - 1;
      String line = lines.get(i);
      if (line.length() > room) {
        String cut = Characters.prefix(line, Math.max(0, room));
        return out.append(BAR).append(cut).append("\n  [cut]\n").toString();
      }
      out.append(BAR).append(line).append('\n');
    }
    return out.toString();
  }
}
