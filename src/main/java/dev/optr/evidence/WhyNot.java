package dev.optr.evidence;

/**
 * Why a path is not admissible.
 *
 * @param rule id of the check, constraint or bound
 * @param message one sentence for people
 * @param evidence where to look, for example an output tail's last line
 */
public record WhyNot(Code code, String rule, String message, String evidence) {
  public enum Code {
    MISSING_CANON_PREREQS,
    INVARIANT_VIOLATION,
    NON_INTERFERENCE_VIOLATION,
    AUTHORITY_BOUNDARY_FAIL,
    RISK_BOUND_EXCEEDED,
    COST_BOUND_EXCEEDED,
    SUCCESS_PROB_TOO_LOW
  }
}
