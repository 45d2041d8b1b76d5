package dev.optr.evidence;

import dev.optr.workflow.Invariant;

/**
 * The command line by which a person repeats a command by hand.
 *
 * @param commit the frozen commit
 */
record Repeat(String commit) {
  /** At the repository's root; leaves a directory behind. */
  String onFrozenCommit(Invariant invariant) {
    return on(commit + " . ':!datalake'", invariant);
  }

  /**
   * The same on a path's tree, which is no object of the repository until somebody makes it one
   * from what was recorded (docs/datalake.md, "A path by hand").
   */
  String onTree(String tree, Invariant invariant) {
    return on(tree, invariant);
  }

  private static String on(String archived, Invariant invariant) {
    return "d=$(mktemp -d) && git archive "
        + archived
        + " | tar -x -C \"$d\" && cd \"$d\" && sh -c "
        + quoted(invariant.run());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
