package dev.optr.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The step's outputs, appended to the file that the runner names (GitHub's workflow commands,
 * "multiline strings"): each value stands between two lines of a random delimiter, so that no value
 * can end itself and set another output.
 */
public final class StepOutputs {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final @Nullable Path file;
  private final Tokens tokens;

  /**
   * @param file where outputs are appended; with null nothing is written
   */
  public StepOutputs(@Nullable Path file, Tokens tokens) {
    this.file = file;
    this.tokens = tokens;
  }

  /** Sets one output; a later value of the same name replaces it. */
  public void set(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of an output: '" + name + "'");
    }
    String delimiter = tokens.next();
    if (value.contains(delimiter)) {
      throw new IllegalArgumentException("output '" + name + "' contains its own delimiter");
    }
    append("%s<<%s\n%s\n%s\n".formatted(name, delimiter, value, delimiter));
  }

  private void append(String text) {
    if (file == null) {
      return;
    }
    try {
      // Half a character becomes a question mark here, where a string's own writer would refuse it.
      Files.write(file, text.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw ServiceException.lasting("could not write the step's outputs to '" + file + "'", e);
    }
  }
}
