package dev.optr.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The step's summary on the run's page. The runner drops a summary over 1 MiB as a whole, so a
 * longer one is cut at the end of a line and says so.
 */
public final class StepSummary {
  private static final int LIMIT = 1 << 20;
  private static final byte[] MARKER =
      "\n\n_The summary was cut here: GitHub shows at most 1 MiB._\n".getBytes(UTF_8);

  private final @Nullable Path file;

  /**
   * @param file where the summary is appended; with null nothing is written
   */
  public StepSummary(@Nullable Path file) {
    this.file = file;
  }

  /** Appends Markdown, as far as it fits. */
  public void append(String markdown) {
    if (file == null) {
      return;
    }
    try {
      long used = Files.exists(file) ? Files.size(file) : 0;
      byte[] fitting = fitting(markdown.getBytes(UTF_8), LIMIT - used);
      Files.write(file, fitting, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw ServiceException.lasting("could not write the step's summary to '" + file + "'", e);
    }
  }

  private static byte[] fitting(byte[] bytes, long room) {
    if (bytes.length <= room) {
      return bytes;
    }
    int end = Math.toIntExact(room - MARKER.length);
    if (end < 0) {
      return new byte[0];
    }
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    byte[] cut = Arrays.copyOf(bytes, end + MARKER.length);
    System.arraycopy(MARKER, 0, cut, end, MARKER.length);
    return cut;
  }
}
