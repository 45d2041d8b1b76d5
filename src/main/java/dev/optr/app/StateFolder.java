package dev.optr.app;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this machine keeps what it saw: {@code $XDG_STATE_HOME/optr}, else {@code
 * ~/.local/state/optr}. There is none in Actions, whose machines live for one job.
 */
final class StateFolder {
  private StateFolder() {}

  static Optional<Path> of(Host host) {
    Variables variables = new Variables(host.environment());
    if (variables.text("GITHUB_ACTIONS").isPresent()) {
      return Optional.empty();
    }
    return variables
        .text("XDG_STATE_HOME")
        .map(Path::of)
        // The XDG Base Directory Specification: a relative path is to be ignored.
        .filter(Path::isAbsolute)
        .or(() -> variables.text("HOME").map(home -> Path.of(home, ".local", "state")))
        .map(state -> state.resolve("optr"));
  }
}
