package dev.optr.app;

import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine as {@code main} found it; the only place from which environment, streams and clock
 * come.
 *
 * @param out results
 * @param err progress
 * @param terminal somebody watches, and lines can be rewritten
 * @param in what was piped in
 */
public record Host(
    Map<String, String> environment,
    PrintStream out,
    PrintStream err,
    InstantSource clock,
    Path directory,
    Checkpoint checkpoint,
    boolean terminal,
    InputStream in) {
  public Host {
    environment = Map.copyOf(environment);
  }

  /** Where nothing is piped in. */
  public Host(
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      InstantSource clock,
      Path directory,
      Checkpoint checkpoint,
      boolean terminal) {
    this(
        environment,
        out,
        err,
        clock,
        directory,
        checkpoint,
        terminal,
        InputStream.nullInputStream());
  }

  /** Where nobody watches. */
  public Host(
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      InstantSource clock,
      Path directory,
      Checkpoint checkpoint) {
    this(environment, out, err, clock, directory, checkpoint, false);
  }

  /** The genesis id that the user vouches for: the option's value, else the variable's. */
  Optional<String> pinnedGenesis(@Nullable String option) {
    return Optional.ofNullable(option == null ? environment.get("OPTR_GENESIS") : option)
        .map(String::strip)
        .filter(pin -> !pin.isEmpty());
  }

  /** Where temporary files go: {@code TMPDIR}, as for every program, else the JVM's own place. */
  Path temporary() {
    return Optional.ofNullable(environment.get("TMPDIR"))
        .filter(given -> !given.isBlank())
        .map(directory::resolve)
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * The way to other hosts, as the environment says.
   *
   * @throws dev.optr.base.UserException where a variable of it is malformed
   */
  Network network() {
    return Network.of(environment, directory);
  }

  Host withEnvironment(Map<String, String> other) {
    return new Host(other, out, err, clock, directory, checkpoint, terminal, in);
  }
}
