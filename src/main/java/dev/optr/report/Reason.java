package dev.optr.report;

import dev.optr.evidence.Check;
import dev.optr.evidence.WhyNot;
import java.util.List;

/**
 * Why a path is not admissible, in three words.
 *
 * @param rule id of the check, constraint or bound
 * @param finding for example {@code broken}
 */
record Reason(String rule, String finding) {
  private static final int LONGEST_RULE = 48;

  /** One per denial; where there is none, one per check that does not hold. */
  static List<Reason> of(List<WhyNot> denials, List<Check> checks) {
    if (denials.isEmpty()) {
      return notHeld(checks);
    }
    return denials.stream()
        .map(
            denial ->
                new Reason(rule(denial.rule()), finding(denial.code()) + before(denial, checks)))
        .distinct()
        .toList();
  }

  /** Of the frozen commit itself, which has no before. */
  static List<Reason> ofHead(List<WhyNot> denials, List<Check> checks) {
    return denials.isEmpty()
        ? notHeld(checks)
        : denials.stream()
            .map(denial -> new Reason(rule(denial.rule()), finding(denial.code())))
            .distinct()
            .toList();
  }

  private static List<Reason> notHeld(List<Check> checks) {
    return checks.stream()
        .filter(check -> !check.held())
        .map(check -> new Reason(rule(check.id()), Characters.words(check.result())))
        .toList();
  }

  /** The frozen commit fails it as well: nobody's doing, but nobody's excuse either. */
  private static String before(WhyNot denial, List<Check> checks) {
    return checks.stream()
            .anyMatch(check -> check.id().equals(denial.rule()) && check.brokenBefore())
        ? " (before too)"
        : "";
  }

  static String rule(String id) {
    return Characters.line(id, LONGEST_RULE);
  }

  static String finding(WhyNot.Code code) {
    return switch (code) {
      case MISSING_CANON_PREREQS -> "unknown";
      case INVARIANT_VIOLATION -> "broken";
      case NON_INTERFERENCE_VIOLATION -> "conflicts";
      case AUTHORITY_BOUNDARY_FAIL -> "forbidden";
      case RISK_BOUND_EXCEEDED, COST_BOUND_EXCEEDED -> "exceeded";
      case SUCCESS_PROB_TOO_LOW -> "too low";
    };
  }
}
