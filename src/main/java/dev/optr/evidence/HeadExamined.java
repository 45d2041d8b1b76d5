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
    return checks.stream().anyMatch(Check::decides)
        && whyNot.isEmpty()
        && checks.stream().filter(Check::decides).allMatch(Check::held);
  }
}
