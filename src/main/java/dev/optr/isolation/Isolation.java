package dev.optr.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs confined, with all mechanisms that this machine has; {@link #level} says which it
 * has not. A mechanism that it has and that fails at a start means that nothing is started. Safe
 * for several threads.
 */
public final class Isolation {
  private final Level level;
  private final @Nullable Starter starter;

  private Isolation(Level level, @Nullable Starter starter) {
    this.level = level;
    this.starter = starter;
  }

  /** On this machine nothing is confined, for the reason given. */
  public static Isolation none(String reason) {
    return new Isolation(new Level.None(reason), null);
  }

  /**
   * Finds out by experiment what this machine has.
   *
   * @param temporary where directories of runs will be made
   * @param nanoTime monotonic, in nanoseconds
   */
  public static Isolation probe(Path temporary, LongSupplier nanoTime) {
    try {
      return ConfinedThread.onPlatformThread(() -> found(temporary, nanoTime));
    } catch (UnsupportedOperationException | RefusedException | IOException e) {
      return none(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Isolation found(Path temporary, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    SystemCalls calls = SystemCalls.open();
    Probe probe = new Probe(calls, temporary, nanoTime);
    Probe.Result result = probe.run();
    return new Isolation(
        result.missing().isEmpty() ? new Level.Full() : new Level.Partial(result.missing()),
        new Starter(calls, result.mechanisms(), nanoTime));
  }

  public Level level() {
    return level;
  }

  /** Whether single hosts can be opened to confined code, as far as this machine goes. */
  public boolean opensHosts() {
    return starter != null && starter.mechanisms().broker();
  }

  /**
   * Starts a program in a session of its own, confined. Its environment gets what leads JVMs to
   * their own directories.
   *
   * @throws IOException where it was not started, with the reason
   */
  public Confined start(ProcessBuilder builder, Confinement confinement) throws IOException {
    Starter confining = starter;
    if (confining == null) {
      throw new IOException("nothing can be confined here: " + level.text());
    }
    try {
      return ConfinedThread.onPlatformThread(() -> confining.start(builder, confinement));
    } catch (RefusedException e) {
      throw new IOException("it could not be confined: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
