package dev.optr.execution;

import java.util.Locale;

/** Why a recorded decision may not be executed. */
public enum Refusal {
  /** The branch is on another commit than the one that was decided about. */
  HEAD_MOVED,
  /** A later run decided anew. */
  NOT_NEWEST,
  /** Two runs are equally new. */
  AMBIGUOUS,
  /** The entry, its anchor or its documents are not what they were. */
  NOT_INTACT,
  /** The ledger is signed, and nobody who may sign vouches for the entry. */
  UNSIGNED,
  /** The recorded changes do not give the recorded tree. */
  TREE_DIFFERS,
  /** The workflow file is another one than the one that was decided by. */
  POLICY_CHANGED,
  /** Another candidate was asked for. */
  NOT_SELECTED,
  /** It was executed before. */
  ALREADY_EXECUTED,
  /** There is no decision, or it selected nothing. */
  NOTHING_SELECTED,
  /** Who asks may not. */
  NOT_PERMITTED,
  /** The workflow file forbids it. */
  NEVER;

  /** As printed. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
