package dev.optr.app;

import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one decision that was made again. */
sealed interface Replayed {
  Decided decided();

  /** The same again, byte for byte. */
  record Equal(Decided decided) implements Replayed {}

  /**
   * @param step the first that does not come out as recorded
   * @param differences at least one, a line each
   */
  record Differs(Decided decided, ReplayStep step, List<String> differences) implements Replayed {
    public Differs {
      differences = List.copyOf(differences);
    }
  }

  /** What it rests on is not in the clone, or is for another version of this program to decide. */
  record Undecided(Decided decided, String reason) implements Replayed {}

  /**
   * A decision as its entry has it.
   *
   * @param entry id
   * @param pullRequest its number; null outside of one
   * @param agent that was selected; null where none was
   * @param tree of its path; null where none was selected
   */
  record Decided(
      String entry,
      @Nullable Integer pullRequest,
      String outcome,
      @Nullable String agent,
      @Nullable String tree) {
    static Decided of(Entry entry, Body.Run run) {
      return new Decided(
          entry.id(),
          ExecutableEntries.number(run.pr()),
          run.decision().outcome(),
          run.decision().selected(),
          run.decision().tree());
    }
  }
}
