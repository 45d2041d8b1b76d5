package dev.optr.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * A stream whose lines the runner takes for no command, for what is printed past {@link
 * WorkflowCommands}: a library's complaint, a stack trace. A line is passed on when it ends, or
 * when it is as long as a line may be.
 */
public final class InertStream extends OutputStream {
  private static final int LONGEST_LINE = 1 << 16;

  private final PrintStream log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * @param log the stream that the runner reads
   */
  public InertStream(PrintStream log) {
    super();
    this.log = log;
  }

  /** As a print stream that writes UTF-8. */
  public static PrintStream around(PrintStream log) {
    return new PrintStream(new InertStream(log), true, UTF_8);
  }

  @Override
  public synchronized void write(int octet) {
    // The runner ends lines at returns as well.
    if (octet == '\n' || octet == '\r') {
      pass();
      return;
    }
    line.write(octet);
    if (line.size() >= LONGEST_LINE) {
      pass();
    }
  }

  /** Passes on what is left of a line. */
  @Override
  public synchronized void close() {
    if (line.size() > 0) {
      pass();
    }
  }

  private void pass() {
    log.print(InertText.line(line.toString(UTF_8)) + "\n");
    log.flush();
    line.reset();
  }
}
