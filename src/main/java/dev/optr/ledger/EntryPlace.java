package dev.optr.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Where a new entry is put: upon all heads of a ledger, and never before them. */
final class EntryPlace {
  private EntryPlace() {}

  /**
   * @param before the ledger that it is put upon
   * @param now by the writer's clock
   */
  static Body.Common upon(Verification before, RepositoryId repo, String genesis, Instant now) {
    List<Body.Common> parents =
        before.heads().stream()
            .flatMap(head -> before.entries().find(head).stream())
            .map(entry -> entry.body().common())
            .toList();
    long height = parents.stream().mapToLong(Body.Common::height).max().orElse(-1) + 1;
    // Clocks of runners differ; a child is never before its parents.
    Instant time =
        Stream.concat(
                parents.stream().map(Body.Common::time),
                Stream.of(now.truncatedTo(ChronoUnit.SECONDS)))
            .max(Instant::compareTo)
            .orElse(now);
    return new Body.Common(height, before.heads(), repo, genesis, time);
  }
}
