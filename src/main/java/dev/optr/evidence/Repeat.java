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
    return "d=$(mktemp -d) && git archive "
        + commit
        + " . ':!datalake' | tar -x -C \"$d\" && cd \"$d\" && "
        + inPlace(invariant);
  }

  /** In a directory that holds the candidate's tree, which no repository has by itself. */
  String inPlace(Invariant invariant) {
    return "sh -c " + quoted(invariant.run());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
