package dev.optr.ledger;

import dev.optr.base.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ledger files of two commits as those of one. What the first has stays as it is, byte for
 * byte; a line of the second that no file of the first has goes to the end of the file of the same
 * path, by height, then id. Where both hold the parents of all their lines, so does the outcome,
 * and in each file parents come before children.
 */
public final class LedgerJoin {
  private LedgerJoin() {}

  /**
   * @throws UserException where a line that would have to be carried along is damaged, or stands in
   *     both with other bytes
   */
  public static List<Container> of(List<Container> first, List<Container> second) {
    Map<String, Container> joined = new LinkedHashMap<>();
    Container.inOrder(first).forEach(file -> joined.put(file.path(), file));
    Known known = new Known(first);
    for (Container file : Container.inOrder(second)) {
      Container old = joined.get(file.path());
      if (old == null || !old.bytes().equals(file.bytes())) {
        boolean begins = old == null && !(readsWithMain(file) && known.mainBegins);
        List<Entry> fresh = known.fresh(ContainerLines.read(file.path(), file.bytes()), begins);
        if (!fresh.isEmpty()) {
          joined.put(file.path(), with(old, file.path(), fresh));
        }
      }
    }
    return List.copyOf(joined.values());
  }

  private static Container with(@Nullable Container old, String path, List<Entry> fresh) {
    List<Entry> sorted = new ArrayList<>(fresh);
    sorted.sort(ContainerLines.CANONICAL);
    List<Container> before = old == null ? List.of() : List.of(old);
    return new LedgerFiles(before)
        .with(path, sorted.stream().map(Entry::line).toList())
        .at(path)
        .orElseThrow();
  }

  private static boolean readsWithMain(Container file) {
    return !file.path().equals(Container.MAIN);
  }

  /** Entries that are in some file already. */
  private static final class Known {
    private final Map<String, String> lines = new HashMap<>();
    private boolean mainBegins;

    Known(List<Container> containers) {
      LedgerLines found = LedgerLines.read(containers, new Findings());
      for (Entry entry : found.entries()) {
        lines.putIfAbsent(entry.id(), entry.line().sha256());
        noteMain(entry);
      }
    }

    private void noteMain(Entry entry) {
      mainBegins |= isGenesis(entry) && entry.container().equals(Container.MAIN);
    }

    private static boolean isGenesis(Entry entry) {
      return entry.body() instanceof Body.Genesis;
    }

    /**
     * @param begins whether the file is a new one that nobody could read without a genesis line
     */
    List<Entry> fresh(ContainerLines file, boolean begins) {
      List<Entry> fresh = new ArrayList<>();
      for (Entry entry : file.entries()) {
        String line = entry.line().sha256();
        String before = lines.putIfAbsent(entry.id(), line);
        if (before == null || (begins && isGenesis(entry) && before.equals(line))) {
          fresh.add(entry);
          noteMain(entry);
        } else if (!before.equals(line)) {
          throw new UserException(
              "%s:%d: entry '%s' stands elsewhere with other bytes (other signatures); nobody can say which line counts"
                  .formatted(entry.container(), entry.lineNumber(), entry.id()));
        }
      }
      return fresh;
    }
  }
}
