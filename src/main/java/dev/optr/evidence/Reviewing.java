package dev.optr.evidence;

import java.util.List;

/** Who judges constraints in words. */
public sealed interface Reviewing {
  /** Agents that are asked now. */
  record ByBench(Bench bench) implements Reviewing {}

  /**
   * Agents that were asked before: what they said stands, whatever else is found out.
   *
   * @param lanes every lane, with the findings of then
   */
  record Before(List<Examined> lanes, HeadExamined head) implements Reviewing {
    public Before {
      lanes = List.copyOf(lanes);
    }
  }
}
