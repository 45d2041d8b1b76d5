package dev.optr.process;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A process with everything that it started. Children are found by descent, those that detached
 * themselves by what its launcher knows of them, and by the directories that only they have in
 * their environment or work in. On systems without {@code /proc} the latter are missed; nothing
 * here is isolation.
 */
final class ProcessTree implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;
  private static final long PAUSE_MILLIS = 20;
  private static final int ROUNDS = 250;

  private final Launcher.Running running;
  private final Process root;
  private final List<Path> own;
  private final LongSupplier nanoTime;
  private final Set<ProcessHandle> seen = new HashSet<>();

  /**
   * @param own directories that no process outside of this tree uses
   */
  ProcessTree(Launcher.Running running, List<Path> own, LongSupplier nanoTime) {
    this.running = running;
    this.root = running.process();
    this.own = List.copyOf(own);
    this.nanoTime = nanoTime;
  }

  /**
   * Waits until the first process exits, the limit is reached or the condition holds.
   *
   * @return whether it exited
   */
  boolean waitFor(Duration limit, BooleanSupplier enough) throws InterruptedException {
    long deadline = nanoTime.getAsLong() + limit.toNanos();
    for (long left = limit.toNanos();
        left > 0 && !enough.getAsBoolean();
        left = deadline - nanoTime.getAsLong()) {
      if (root.waitFor(Math.min(left, LOOK_MILLIS * 1_000_000), TimeUnit.NANOSECONDS)) {
        return true;
      }
      root.descendants().forEach(seen::add);
    }
    return !root.isAlive();
  }

  /** Ends every process of this tree that still runs, without asking it first. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        running.endAll();
        look();
        List<ProcessHandle> left = seen.stream().filter(ProcessTree::runs).toList();
        if (left.isEmpty()) {
          return;
        }
        left.forEach(ProcessHandle::destroyForcibly);
        interrupted |= pause();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    throw ServiceException.lasting("could not end every process that a program left running");
  }

  private void look() {
    seen.add(root.toHandle());
    root.descendants().forEach(seen::add);
    ProcessHandle.allProcesses().filter(this::isOwn).forEach(seen::add);
  }

  private boolean isOwn(ProcessHandle process) {
    Path entry = Path.of("/proc", Long.toString(process.pid()));
    return running.owns(process.pid())
        || inEnvironment(entry.resolve("environ"))
        || worksInOwn(entry.resolve("cwd"));
  }

  private boolean inEnvironment(Path file) {
    try {
      String environment = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return own.stream().anyMatch(directory -> environment.contains(directory.toString()));
    } catch (IOException gone) {
      // It ended meanwhile, belongs to another user, or there is no /proc.
      return false;
    }
  }

  private boolean worksInOwn(Path link) {
    try {
      Path directory = Files.readSymbolicLink(link);
      return own.stream().anyMatch(directory::startsWith);
    } catch (IOException gone) {
      // As above.
      return false;
    }
  }

  /** A zombie has ended; where nobody reaps it (process 1 in a container) it stays listed. */
  private static boolean runs(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException withoutProc) {
      return process.isAlive();
    }
  }

  /** True where the thread was interrupted meanwhile; ending the tree goes on all the same. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
