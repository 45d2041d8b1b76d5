package dev.optr.app;

import dev.optr.agents.LaneEvent;
import java.io.PrintStream;

/** One line per event. */
final class ProgressLines implements Progress {
  private final PrintStream out;

  ProgressLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void heard(String lane, LaneEvent event) {
    say(lane + ": " + event.text());
  }

  @Override
  public void say(String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
