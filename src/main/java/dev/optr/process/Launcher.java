package dev.optr.process;

import java.io.IOException;
import java.util.Optional;

/** How a program is started, and what is known of it while it runs. */
@FunctionalInterface
public interface Launcher {
  /** With the rights of this process. */
  Launcher DIRECT = (_, builder) -> new Direct(builder.start());

  /**
   * @param builder made of the program, ready to start
   * @throws IOException where it was not started, with the reason
   */
  Running start(Program program, ProcessBuilder builder) throws IOException;

  /** What was started. Closed when nothing of it runs any more. */
  interface Running extends AutoCloseable {
    Process process();

    /** Which limit it has exceeded, one clause about 'it', if any; then it is ended. */
    Optional<String> exceeded();

    /** Ends all of it, as far as the launcher can tell what belongs to it. */
    void endAll();

    /** Whether a process is known to be part of it. */
    boolean owns(long pid);

    @Override
    void close();
  }

  /** A process of which nothing is known beyond what the system tells of every process. */
  record Direct(Process process) implements Running {
    @Override
    public Optional<String> exceeded() {
      return Optional.empty();
    }

    @Override
    public void endAll() {
      // Not Process.destroy, which would close the output that is still to be read.
      process.toHandle().destroyForcibly();
    }

    @Override
    public boolean owns(long pid) {
      return pid == process.pid();
    }

    @Override
    public void close() {
      // Nothing was kept beside the process.
      endAll();
    }
  }
}
