package dev.optr.ledger;

import java.util.Arrays;

/**
 * What {@link LineScanner} found in one line. It belongs to the scanner, which overwrites it with
 * every line: a million lines must not make a million objects. Positions are those of the scanned
 * bytes, the second of two behind the last one; ids are four words each.
 */
final class ScannedLine {
  static final int MOST_PARENTS = 64;

  EntryType type = EntryType.RUN;
  int start;

  /** Position of the LF. */
  int end;

  int bodyFrom;
  int bodyTo;
  final long[] id = new long[4];
  final long[] ledger = new long[4];
  final long[] parentIds = new long[4 * MOST_PARENTS];
  int parents;
  long height;

  /** Seconds since 1970. */
  long time;

  int hostFrom;
  int hostTo;
  long repositoryId;
  long runId;
  int attempt;

  /** The run entry that an execution or outcome is about. */
  final long[] subject = new long[4];

  /** What a run decided on. */
  final long[] input = new long[4];

  final long[] policy = new long[4];

  int treeFrom;

  /** Zero where there is no tree. */
  int treeTo;

  int keyFrom;

  /** Zero where there is no signature. */
  int keyTo;

  int signatureFrom;
  int signatureTo;

  /** True where the parent behind those counted so far is greater than the last of them. */
  boolean isParentInOrder() {
    int last = 4 * (parents - 1);
    int next = 4 * parents;
    return parents == 0
        || Arrays.compareUnsigned(parentIds, last, next, parentIds, next, next + 4) < 0;
  }
}
