package dev.optr.process;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program and waits for it. When it has exited, when its time is over, when a reader of its
 * output has enough and when the calling thread is interrupted, everything that it started is
 * ended. Safe for several threads.
 */
public final class ProgramRunner {
  private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(5);

  private final LongSupplier nanoTime;
  private final Launcher launcher;

  /**
   * Runs programs with the rights of this process.
   *
   * @param nanoTime monotonic, in nanoseconds
   */
  public ProgramRunner(LongSupplier nanoTime) {
    this(nanoTime, Launcher.DIRECT);
  }

  /**
   * @param nanoTime monotonic, in nanoseconds
   */
  public ProgramRunner(LongSupplier nanoTime, Launcher launcher) {
    this.nanoTime = nanoTime;
    this.launcher = launcher;
  }

  /**
   * @param output reads standard output
   * @param errors reads standard error
   */
  public ProgramResult run(Program program, OutputReader output, OutputReader errors)
      throws InterruptedException {
    return PlatformThread.call(
        () ->
            start(
                program,
                builder(program),
                process ->
                    List.of(
                        Reading.start(process.getInputStream(), output),
                        Reading.start(process.getErrorStream(), errors))));
  }

  /**
   * @param both reads standard output and standard error as one stream, in the order of writing
   */
  public ProgramResult runMerged(Program program, OutputReader both) throws InterruptedException {
    return PlatformThread.call(
        () ->
            start(
                program,
                builder(program).redirectErrorStream(true),
                process -> List.of(Reading.start(process.getInputStream(), both))));
  }

  private ProgramResult start(
      Program program, ProcessBuilder builder, Function<Process, List<Reading>> read)
      throws InterruptedException {
    try (Launcher.Running running = launcher.start(program, builder)) {
      return follow(running, program, read.apply(running.process()));
    } catch (IOException e) {
      return new ProgramResult.NotStarted(reason(e));
    }
  }

  private static ProcessBuilder builder(Program program) {
    ProcessBuilder builder = new ProcessBuilder(program.arguments());
    builder.directory(program.directory().toFile());
    builder.redirectInput(program.input().toFile());
    builder.environment().clear();
    builder.environment().putAll(program.environment());
    return builder;
  }

  /** What the system said, without the directory that Java puts before it. */
  private static String reason(IOException e) {
    Throwable said = e.getCause() == null ? e : e.getCause();
    return String.valueOf(said.getMessage()).strip();
  }

  private ProgramResult follow(Launcher.Running running, Program program, List<Reading> readings)
      throws InterruptedException {
    long start = nanoTime.getAsLong();
    List<Path> own = List.of(program.directory(), program.scratch().directory());
    AtomicReference<@Nullable String> exceeded = new AtomicReference<>();
    boolean exited;
    long durationMs;
    try (ProcessTree tree = new ProcessTree(running, own, nanoTime)) {
      exited =
          tree.waitFor(program.limit(), () -> exceeds(running, exceeded) || hasEnough(readings));
      durationMs = Duration.ofNanos(nanoTime.getAsLong() - start).toMillis();
    }
    for (Reading reading : readings) {
      reading.finish();
    }
    return exited
        ? new ProgramResult.Exited(running.process().exitValue(), durationMs)
        : new ProgramResult.Stopped(exceeded.get(), durationMs);
  }

  private static boolean exceeds(
      Launcher.Running running, AtomicReference<@Nullable String> exceeded) {
    running.exceeded().ifPresent(exceeded::set);
    return exceeded.get() != null;
  }

  private static boolean hasEnough(List<Reading> readings) {
    return readings.stream().anyMatch(reading -> reading.reader().hasEnough());
  }

  /** One stream that is being read. */
  private record Reading(InputStream stream, OutputReader reader, Thread thread) {
    static Reading start(InputStream stream, OutputReader reader) {
      return new Reading(
          stream, reader, Thread.ofPlatform().daemon().start(() -> reader.drain(stream)));
    }

    /** The pipe ends with its last writer; one that could not be seen must not hold us up. */
    void finish() throws InterruptedException {
      if (thread.join(OUTPUT_PATIENCE)) {
        return;
      }
      try {
        stream.close();
      } catch (IOException e) {
        throw ServiceException.lasting("could not close the output of a program", e);
      }
    }
  }
}
