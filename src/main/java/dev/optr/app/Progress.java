package dev.optr.app;

import dev.optr.agents.LaneEvent;
import dev.optr.agents.LaneListener;
import java.io.PrintStream;

/** One line per event on standard error; carries nothing that an agent wrote. */
final class Progress implements LaneListener {
  private final PrintStream out;

  Progress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void heard(String lane, LaneEvent event) {
    say(lane + ": " + event.text());
  }

  void say(String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
