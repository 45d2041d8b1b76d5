package dev.optr.app;

import dev.optr.base.Checkpoint;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * The machine as {@code main} found it; the only place from which environment, streams and clock
 * come.
 *
 * @param out results
 * @param err progress
 */
public record Host(
    Map<String, String> environment,
    PrintStream out,
    PrintStream err,
    InstantSource clock,
    Path directory,
    Checkpoint checkpoint) {
  public Host {
    environment = Map.copyOf(environment);
  }

  Host withEnvironment(Map<String, String> other) {
    return new Host(other, out, err, clock, directory, checkpoint);
  }
}
