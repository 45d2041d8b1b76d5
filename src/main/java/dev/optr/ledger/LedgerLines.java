package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all containers.
 *
 * @param entries every intact line in container order; one entry may stand in several containers
 * @param damaged ids that damaged lines claim: those entries are broken, not missing
 */
record LedgerLines(List<Entry> entries, Set<String> damaged) {
  LedgerLines {
    entries = List.copyOf(entries);
    damaged = Set.copyOf(damaged);
  }

  /** Reads all lines; reports E_SYNTAX, E_NOT_CANONICAL, E_PROFILE, E_ID and E_DUP. */
  static LedgerLines read(List<Container> containers, Findings findings) {
    LineReader reader = new LineReader();
    List<Entry> entries = new ArrayList<>();
    Set<String> damaged = new HashSet<>();
    for (Container container : Container.inOrder(containers)) {
      Set<String> seen = new HashSet<>();
      List<Bytes> lines = split(container, findings);
      for (int i = 0; i < lines.size(); i++) {
        int number = i + 1;
        switch (reader.read(container.path(), number, lines.get(i).toArray())) {
          case LineReader.Line.Intact(Entry entry) when seen.add(entry.id()) -> entries.add(entry);
          case LineReader.Line.Intact(Entry twice) ->
              findings.add(twice.finding(Code.E_DUP, Code.E_DUP.sentence()));
          case LineReader.Line.Damaged line -> {
            for (LineReader.Problem problem : line.problems()) {
              findings.add(finding(container, number, line.id(), problem));
            }
            if (line.id() != null) {
              damaged.add(line.id());
            }
          }
        }
      }
    }
    return new LedgerLines(entries, damaged);
  }

  /** The lines without their LF; one that lacks it is reported and left out. */
  private static List<Bytes> split(Container container, Findings findings) {
    byte[] bytes = container.bytes().toArray();
    List<Bytes> lines = linesOf(bytes);
    if (bytes.length == 0 || bytes[bytes.length - 1] == '\n') {
      return lines;
    }
    LineReader.Problem problem =
        new LineReader.Problem(Code.E_SYNTAX, "the last line does not end with LF");
    findings.add(finding(container, lines.size(), null, problem));
    return lines.subList(0, lines.size() - 1);
  }

  /** Splits at LF. */
  static List<Bytes> linesOf(Bytes file) {
    return linesOf(file.toArray());
  }

  private static List<Bytes> linesOf(byte[] bytes) {
    List<Bytes> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Bytes.of(Arrays.copyOfRange(bytes, start, i)));
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      lines.add(Bytes.of(Arrays.copyOfRange(bytes, start, bytes.length)));
    }
    return lines;
  }

  private static Finding finding(
      Container container, int line, @Nullable String id, LineReader.Problem problem) {
    return new Finding(
        problem.code(),
        container.path(),
        line,
        id,
        Container.pullRequest(container.path()),
        null,
        problem.message());
  }
}
