package dev.optr.ledger;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the tree that was executed with the one that was selected, in the lines themselves. */
final class TreeComparison {
  private final LedgerLines lines;
  private final LineWindow executions;
  private final LineWindow runs;

  TreeComparison(LedgerLines lines) {
    this.lines = lines;
    this.executions = new LineWindow(lines);
    this.runs = new LineWindow(lines);
  }

  boolean isSame(int execution, int run) {
    if (!executions.scan(execution) || !runs.scan(run)) {
      return Objects.equals(tree(lines.entry(execution).body()), tree(lines.entry(run).body()));
    }
    ScannedLine executed = executions.found();
    ScannedLine selected = runs.found();
    return selected.treeTo > 0
        && Arrays.equals(
            executions.bytes(),
            executed.treeFrom,
            executed.treeTo,
            runs.bytes(),
            selected.treeFrom,
            selected.treeTo);
  }

  /** The selected or executed tree, or null. */
  static @Nullable String tree(Body body) {
    return switch (body) {
      case Body.Run run -> run.decision().tree();
      case Body.Execution execution -> execution.tree();
      case Body.Genesis _, Body.Outcome _, Body.Key _ -> null;
    };
  }
}
