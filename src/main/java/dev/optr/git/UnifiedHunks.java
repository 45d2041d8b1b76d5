package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;

/** The hunks of one text file, with 3 lines of context, as {@code git diff} writes them. */
final class UnifiedHunks {
  private static final int CONTEXT = 3;

  private final LineText before;
  private final LineText after;
  private final LineDiff diff;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int additions;
  private int deletions;
  private long changedBytes;

  UnifiedHunks(byte[] before, byte[] after) {
    this.before = new LineText(before);
    this.after = new LineText(after);
    Map<ByteBuffer, Integer> table = LineText.table();
    int[] numbersBefore = this.before.numbers(table);
    int[] numbersAfter = this.after.numbers(table);
    this.diff = LineDiff.of(numbersBefore, numbersAfter, table.size());
    writeAll();
  }

  int additions() {
    return additions;
  }

  int deletions() {
    return deletions;
  }

  long changedBytes() {
    return changedBytes;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** A place in both files: as many lines before it on each side. */
  private record Place(int a, int b) {}

  private void writeAll() {
    Place place = new Place(0, 0);
    while (place.a() < before.size() || place.b() < after.size()) {
      if (isChangedAt(place)) {
        place = writeHunk(place);
      } else {
        place = new Place(place.a() + 1, place.b() + 1);
      }
    }
  }

  private boolean isChangedAt(Place place) {
    return (place.a() < before.size() && diff.isRemoved(place.a()))
        || (place.b() < after.size() && diff.isAdded(place.b()));
  }

  private Place endOfChange(Place start) {
    int a = start.a();
    int b = start.b();
    while (a < before.size() && diff.isRemoved(a)) {
      a++;
    }
    while (b < after.size() && diff.isAdded(b)) {
      b++;
    }
    return new Place(a, b);
  }

  /** Writes the hunk whose first change is here; gives the place behind its last change. */
  private Place writeHunk(Place firstChange) {
    int lead = Math.min(CONTEXT, Math.min(firstChange.a(), firstChange.b()));
    Place start = new Place(firstChange.a() - lead, firstChange.b() - lead);
    Place lastChange = endOfChange(firstChange);
    for (Place next = nextChange(lastChange); next != null; next = nextChange(lastChange)) {
      lastChange = endOfChange(next);
    }
    int trail = Math.min(CONTEXT, before.size() - lastChange.a());
    Place end = new Place(lastChange.a() + trail, lastChange.b() + trail);
    writeHeader(start, end);
    writeLines(start, end);
    return lastChange;
  }

  /** The next change, if so near that both have context in common. */
  private @org.jspecify.annotations.Nullable Place nextChange(Place from) {
    for (int skip = 0; skip <= 2 * CONTEXT; skip++) {
      Place place = new Place(from.a() + skip, from.b() + skip);
      if (isChangedAt(place)) {
        return place;
      }
    }
    return null;
  }

  private void writeHeader(Place start, Place end) {
    out.writeBytes(
        ("@@ -"
                + range(start.a(), end.a() - start.a())
                + " +"
                + range(start.b(), end.b() - start.b())
                + " @@\n")
            .getBytes(UTF_8));
  }

  private static String range(int start, int count) {
    int first = count == 0 ? start : start + 1;
    return count == 1 ? "" + first : first + "," + count;
  }

  private void writeLines(Place start, Place end) {
    int a = start.a();
    int b = start.b();
    while (a < end.a() || b < end.b()) {
      if (a < end.a() && diff.isRemoved(a)) {
        before.write('-', a, out);
        deletions++;
        changedBytes += before.length(a);
        a++;
      } else if (b < end.b() && diff.isAdded(b)) {
        after.write('+', b, out);
        additions++;
        changedBytes += after.length(b);
        b++;
      } else {
        before.write(' ', a, out);
        a++;
        b++;
      }
    }
  }
}
