package dev.optr.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the anchor log keeps of one anchor.
 *
 * @param entry id of the run entry that the anchor is made for
 * @param commit id of the anchor
 * @param pr number of the pull request; null outside of one
 * @param size number of entries, as the anchor's trailers say
 * @param root RFC 6962 root, as the anchor's trailers say
 */
public record LoggedAnchor(
    String entry, String commit, @Nullable Integer pr, int size, String root) {

  /** Of an anchor, by the trailers of its own message; empty where it has none. */
  public static Optional<LoggedAnchor> of(String commit, String message, @Nullable Integer pr) {
    return Trailers.parse(message)
        .map(
            trailers ->
                new LoggedAnchor(trailers.entry(), commit, pr, trailers.size(), trailers.root()));
  }

  /** Of an entry's anchor. */
  public static Optional<LoggedAnchor> of(Entry entry, CommitFacts anchor) {
    PullRequestRef pr = entry.body().pullRequest();
    return of(anchor.id(), anchor.message(), pr == null ? null : Integer.valueOf(pr.number()))
        .filter(logged -> logged.entry().equals(entry.id()));
  }
}
