package dev.optr.ledger;

import org.jspecify.annotations.Nullable;

/** Which file receives the lines of a pull request. */
public enum Layout {
  /** A file per pull request, so that two of them never conflict. */
  PER_PR,
  /** The main file, always. */
  SINGLE;

  String container(@Nullable PullRequestRef pr) {
    return pr == null || this == SINGLE ? Container.MAIN : Container.shard(pr.number());
  }
}
