package dev.optr.app;

import dev.optr.agents.LaneListener;

/** How a run gets on, for people, on standard error. */
interface Progress extends LaneListener {
  void say(String line);

  /** A live table on a terminal, one line per event elsewhere. */
  static Progress of(Host host) {
    return host.terminal() ? new LiveTable(host.err()) : new ProgressLines(host.err());
  }
}
