package dev.optr.ledger;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run decided.
 *
 * @param input digest of the frozen input
 * @param lanes sorted by agent
 * @param outcome {@code selected}, {@code none_admissible} or {@code quorum_missed}
 * @param policy digest of the workflow file
 * @param selected the agent, or null
 * @param selector name of what decided
 * @param tree the selected tree, or null
 */
public record Decision(
    String input,
    List<Lane> lanes,
    String outcome,
    String policy,
    @Nullable String selected,
    String selector,
    @Nullable String tree) {
  public Decision {
    lanes = List.copyOf(lanes);
  }

  /** The same with lanes sorted by agent, as they are written. */
  Decision inOrder() {
    List<Lane> sorted = lanes.stream().sorted(Comparator.comparing(Lane::agent)).toList();
    return new Decision(input, sorted, outcome, policy, selected, selector, tree);
  }

  /**
   * How one lane ended.
   *
   * @param outcome {@code proposed}, {@code declined}, {@code failed} or {@code not_asked}
   * @param tree null unless the outcome is {@code proposed} and the changes gave a tree
   */
  public record Lane(String agent, String outcome, @Nullable String tree) {}
}
