package dev.optr.report;

import java.util.ArrayList;
import java.util.List;

/** The lines of markdown that stand in no fenced block (CommonMark, section 4.5). */
public record Outside(List<String> lines, boolean closed) {
  public Outside {
    lines = List.copyOf(lines);
  }

  /** Reads a comment or a summary. */
  public static Outside of(String markdown) {
    List<String> outside = new ArrayList<>();
    int open = 0;
    for (String line : markdown.split("\n", -1)) {
      int ticks = leadingTicks(line);
      if (open == 0 && ticks >= 3) {
        open = ticks;
      } else if (open == 0) {
        outside.add(line);
      } else if (ticks >= open && line.substring(ticks).isBlank()) {
        open = 0;
      }
    }
    return new Outside(outside, open == 0);
  }

  /** What is left when code spans are taken out as well: all that can act. */
  public List<String> active() {
    return lines.stream().map(CodeSpans::replaced).toList();
  }

  List<String> rows() {
    return lines.stream().filter(line -> line.startsWith("|")).toList();
  }

  long count(String line) {
    return lines.stream().filter(line::equals).count();
  }

  /** A fence may be indented by up to three blanks. */
  private static int leadingTicks(String line) {
    String unindented = line.stripLeading();
    if (line.length() - unindented.length() > 3) {
      return 0;
    }
    int ticks = 0;
    while (ticks < unindented.length() && unindented.charAt(ticks) == '`') {
      ticks++;
    }
    return ticks;
  }
}
