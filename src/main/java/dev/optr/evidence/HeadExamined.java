package dev.optr.evidence;

import java.util.List;

/** The frozen commit itself, examined as row {@code head}. */
public record HeadExamined(List<Check> checks, List<WhyNot> whyNot) {
  public HeadExamined {
    checks = List.copyOf(checks);
    whyNot = List.copyOf(whyNot);
  }

  public boolean admissible() {
    return whyNot.isEmpty() && checks.stream().allMatch(Check::held);
  }
}
