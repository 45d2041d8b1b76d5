package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Proposal;
import dev.optr.evidence.Examined;
import dev.optr.record.Withholding;
import java.util.ArrayList;
import java.util.List;

/** What an agent said of its own work, or why it has none: foreign text of many lines. */
final class Claims {
  private static final int WIDTH = 72;

  private Claims() {}

  /** How the lane ended, in words of ours. */
  static String ended(Answer answer) {
    return switch (answer) {
      case Answer.Proposed _ -> "proposed";
      case Answer.Declined _ -> "declined";
      case Answer.NotAsked _ -> "was not asked";
      case Answer.Failed(FailureCode code, _, _) -> "failed with " + code;
    };
  }

  /** As {@link #words(Examined)}, with long lines broken at blanks, so that a phone shows them. */
  static String wrapped(Examined examined) {
    StringBuilder out = new StringBuilder();
    words(examined).lines().forEach(line -> wrap(line, out));
    return out.toString();
  }

  private static void wrap(String line, StringBuilder out) {
    int start = 0;
    int blank = -1;
    for (int at = 0; at < line.length(); at++) {
      if (line.charAt(at) == ' ') {
        blank = at;
      }
      if (at - start >= WIDTH && blank > start) {
        out.append(line, start, blank).append('\n');
        start = blank + 1;
      }
    }
    out.append(line, start, line.length()).append('\n');
  }

  static String words(Examined examined) {
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
}
