package dev.optr.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * A program that runs confined. The thread that started it is kept, since it may signal exactly
 * what it started: so nothing of the run gets away, whatever it has done to its parents, its
 * session or its environment.
 */
public final class Confined implements AutoCloseable {
  private static final int KILL = 9;
  private static final int EVERYBODY = -1;
  private static final String FIRST_TO_GO = "900";

  private final Process process;
  private final ConfinedThread thread;
  private final SystemCalls calls;
  private final Mechanisms mechanisms;
  private final OptionalInt user;
  private final DiskWatch disk;
  private final Runnable afterwards;

  Confined(
      Process process,
      ConfinedThread thread,
      SystemCalls calls,
      Mechanisms mechanisms,
      OptionalInt user,
      DiskWatch disk,
      Runnable afterwards) {
    this.process = process;
    this.thread = thread;
    this.calls = calls;
    this.mechanisms = mechanisms;
    this.user = user;
    this.disk = disk;
    this.afterwards = afterwards;
  }

  public Process process() {
    return process;
  }

  /** Which limit it has exceeded, one clause about 'it', if any; then it is to be ended. */
  public Optional<String> exceeded() {
    return disk.exceeded();
  }

  /** Whether a process is known to belong to this run by its user id. */
  public boolean owns(long pid) {
    return user.isPresent() && UserIds.of(Path.of("/proc", Long.toString(pid))).equals(user);
  }

  /**
   * Ends every process of this run at once, as far as that can be done exactly on this machine; the
   * caller looks for what is left.
   */
  public void endAll() {
    if (!mechanisms.endsAll()) {
      return;
    }
    onPlatformThread(
        () -> {
          thread.run(this::killEverybodyInReach);
          return true;
        });
  }

  /** A wrong user id here would end what is not ours. */
  private void killEverybodyInReach() {
    if (user.isPresent() && calls.call(SystemCall.GETUID) != user.getAsInt()) {
      throw new RefusedException("the confined thread has another user id than it took");
    }
    // ESRCH says that nobody is left.
    calls.call(SystemCall.KILL, EVERYBODY, KILL);
  }

  /** Where memory is short, this goes before us. */
  void volunteerForTheKernel() {
    try {
      Files.writeString(
          Path.of("/proc", Long.toString(process.pid()), "oom_score_adj"), FIRST_TO_GO);
    } catch (IOException ended) {
      // It exited already, or belongs to somebody whose files we cannot write: then it stays equal.
      return;
    }
  }

  @Override
  public void close() {
    onPlatformThread(
        () -> {
          thread.close();
          return true;
        });
    afterwards.run();
  }

  private static void onPlatformThread(Callable<Boolean> step) {
    try {
      ConfinedThread.onPlatformThread(step);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
