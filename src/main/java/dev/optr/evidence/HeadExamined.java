package dev.optr.evidence;

import java.util.List;

/** The frozen commit itself, examined as row {@code head}. */
public record HeadExamined(List<Check> checks, List<WhyNot> whyNot) {
  public HeadExamined {
    checks = List.copyOf(checks);
    whyNot = List.copyOf(whyNot);
  }

  /** Something was found out about it, and all of it holds. */
  public boolean admissible() {
    return isLookedAt(checks)
        && whyNot.isEmpty()
        && checks.stream().filter(Check::decides).allMatch(Check::held);
  }

  /** Whether any of these looked at the commit itself, as a rule over an empty change does not. */
  static boolean isLookedAt(List<Check> checks) {
    return checks.stream()
        .anyMatch(check -> check.decides() && !(check.evidence() instanceof Check.Rule));
  }
}
