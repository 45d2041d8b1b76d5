package dev.optr.app;

import dev.optr.agents.LaneEvent;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row per lane, rewritten in place (ECMA-48 control sequences); what else is said stands above
 * it.
 */
final class LiveTable implements Progress {
  // A row that wraps would take two lines, and the next rewriting would begin too low.
  private static final int WIDTH = 79;
  private static final String ERASE_BELOW = "\u001b[0J";

  private final PrintStream out;
  private final Map<String, String> rows = new LinkedHashMap<>();
  private int drawn;

  LiveTable(PrintStream out) {
    this.out = out;
  }

  @Override
  public void heard(String lane, LaneEvent event) {
    synchronized (out) {
      rows.put(lane, event.text());
      erase();
      draw();
    }
  }

  @Override
  public void say(String line) {
    synchronized (out) {
      erase();
      out.println(line);
      draw();
    }
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "F");
      out.print(ERASE_BELOW);
    }
  }

  private void draw() {
    int name = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    rows.forEach((lane, text) -> out.println(row(lane + " ".repeat(name - lane.length()), text)));
    drawn = rows.size();
    out.flush();
  }

  private static String row(String lane, String text) {
    String row = "  " + lane + "  " + text;
    return row.length() <= WIDTH ? row : row.substring(0, WIDTH - 3) + "...";
  }
}
