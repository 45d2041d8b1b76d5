package dev.optr.evidence;

import dev.optr.process.OutputLines;
import dev.optr.process.OutputReader;
import dev.optr.process.OutputTail;
import dev.optr.process.OutputTailAndLines;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Recognises tests in what a command prints: TAP by its version line, or by a plan that is the
 * first line; {@code go test -json} by an event. Later than within the first lines neither is
 * looked for, so that no chatter of a build is taken for tests.
 */
final class PrintedTests {
  private static final int LAST_START = 100;
  private static final int LONGEST_LINE = 1 << 20;

  private final TestCount count = new TestCount();
  private int seen;
  private @Nullable Consumer<String> form;

  /** Reads a stream into the tail, and tests from it. */
  OutputReader beside(OutputTail tail) {
    return new OutputTailAndLines(tail, new OutputLines(LONGEST_LINE, this::line));
  }

  /**
   * Takes a line without its end, on the thread that reads.
   *
   * @return true: the program shall go on
   */
  synchronized boolean line(String line) {
    String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (form == null && !text.isBlank() && seen < LAST_START) {
      seen++;
      form = recognise(text);
    }
    if (form != null) {
      form.accept(text);
    }
    return true;
  }

  synchronized TestReading reading() {
    return form == null ? new TestReading.Nothing() : count.reading();
  }

  private @Nullable Consumer<String> recognise(String line) {
    if (TapOutput.isVersion(line) || (seen == 1 && TapOutput.isPlan(line))) {
      return new TapOutput(count)::line;
    }
    return GoTestOutput.isEvent(line) ? new GoTestOutput(count)::line : null;
  }
}
