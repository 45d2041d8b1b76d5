package dev.optr.evidence;

import dev.optr.workflow.Invariant;

/**
 * The command line by which a person repeats a command by hand, at the repository's root.
 *
 * @param commit the frozen commit
 */
record Repeat(String commit) {
  String onFrozenCommit(Invariant invariant) {
    return inFreshDirectory("git archive " + commit + " . ':!datalake'", invariant);
  }

  /** Needs the candidate's tree in the repository. */
  String onTree(String tree, Invariant invariant) {
    return inFreshDirectory("git archive " + tree, invariant);
  }

  private static String inFreshDirectory(String archive, Invariant invariant) {
    return "d=$(mktemp -d) && "
        + archive
        + " | tar -x -C \"$d\" && (cd \"$d\" && sh -c "
        + quoted(invariant.run())
        + ")";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
