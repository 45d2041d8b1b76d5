package dev.optr.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one worker found in one stretch of a container: the lines that begin in it. */
final class Chunk {
  /** Whatever is said beyond these is cut in the end as well. */
  private static final int MOST_SYNTAX_PROBLEMS = Findings.MOST_SYNTAX_FINDINGS;

  /**
   * A line that is not intact.
   *
   * @param line 0-based, among those of the chunk
   * @param id as it claims it, where that is one
   */
  record Damage(int line, @Nullable String id, List<LineReader.Problem> problems) {}

  final Rows rows = new Rows();
  final LongColumn parentIds = new LongColumn();
  final LongColumn subjectIds = new LongColumn();

  private final Map<Origin, Integer> origins = new LinkedHashMap<>();
  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final List<Damage> damages = new ArrayList<>();
  private int syntaxProblems;
  private int lines;

  /** Position of the first LF, which ends a line that began before; -1 where there is none. */
  long firstLineEnd = -1;

  /** Where a line begins that is too long to be read and goes on behind the chunk, or -1. */
  long openLine = -1;

  /** True where the file ends in a line without LF. */
  boolean isUnfinished;

  /** Number of lines that begin here, whatever they are. */
  int lines() {
    return lines;
  }

  List<Damage> damages() {
    return damages;
  }

  /** In the order of the numbers in {@link #rows}. */
  List<Origin> origins() {
    return List.copyOf(origins.keySet());
  }

  /** Fingerprints in the order of the numbers in {@link #rows}. */
  List<String> keys() {
    return List.copyOf(keys.keySet());
  }

  int origin(Origin origin) {
    Integer known = origins.putIfAbsent(origin, origins.size());
    return known == null ? origins.size() - 1 : known;
  }

  int key(String fingerprint) {
    Integer known = keys.putIfAbsent(fingerprint, keys.size());
    return known == null ? keys.size() - 1 : known;
  }

  /** A line without LF at the end, or too long to be read: counted here, reported by the reader. */
  void countLine() {
    lines++;
  }

  void add(ScannedLine line, long offset, int origin, int key) {
    place(offset, line.end - line.start);
    rows.ids.addFour(line.id, 0);
    rows.heights.add(line.height);
    rows.times.add(line.time);
    rows.acts.add(Act.fingerprint(line));
    rows.addType(line.type, origin);
    rows.keys.add(key);
    for (int i = 0; i < line.parents; i++) {
      parentIds.addFour(line.parentIds, EntryId.WORDS * i);
    }
    rows.parentEnds.add(parentIds.size() / EntryId.WORDS);
    subject(line.type == EntryType.RUN ? null : line.subject);
  }

  void add(Entry entry, long offset) {
    Body.Common common = entry.body().common();
    place(offset, entry.line().size());
    rows.ids.addFour(EntryId.words(entry.id()), 0);
    rows.heights.add(common.height());
    rows.times.add(common.time().getEpochSecond());
    rows.acts.add(Act.of(entry.body()).map(Act::fingerprint).orElse(0L));
    rows.addType(EntryType.of(entry.body()), origin(Origin.of(entry)));
    rows.keys.add(entry.signatures().isEmpty() ? Rows.UNSIGNED : Rows.MIXED);
    common.parents().forEach(parent -> parentIds.addFour(EntryId.words(parent), 0));
    rows.parentEnds.add(parentIds.size() / EntryId.WORDS);
    subject(
        switch (entry.body()) {
          case Body.Execution execution -> EntryId.words(execution.entry());
          case Body.Outcome outcome -> EntryId.words(outcome.entry());
          case Body.Genesis _, Body.Run _, Body.Key _ -> null;
        });
  }

  void add(LineReader.Line.Damaged line) {
    boolean isSyntax = line.problems().getFirst().code() == Code.E_SYNTAX;
    if (!isSyntax || ++syntaxProblems <= MOST_SYNTAX_PROBLEMS) {
      damages.add(new Damage(lines, line.id(), line.problems()));
    }
    lines++;
  }

  private void place(long offset, int length) {
    rows.offsets.add(offset);
    rows.lengths.add(length);
    rows.lineNumbers.add(lines++);
  }

  private void subject(long @Nullable [] words) {
    if (words == null) {
      rows.subjects.add(-1);
      return;
    }
    rows.subjects.add(subjectIds.size() / EntryId.WORDS);
    subjectIds.addFour(words, 0);
  }
}
