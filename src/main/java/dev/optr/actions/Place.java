package dev.optr.actions;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a file of the repository a message is about, as it says itself: {@code file:line:column:
 * text} or {@code file:line: text}.
 *
 * @param column 1-based; 0 where none is told
 */
record Place(String file, int line, int column, String text) {
  // A path of the repository: relative, with no colon in it.
  private static final Pattern PLACED =
      Pattern.compile(
          "(?<file>[^\\s:/\\\\][^\\r\\n:\\\\]{0,250}):(?<line>[1-9]\\d{0,8})(?::(?<column>[1-9]\\d{0,8}))?:"
              + " (?<text>.+)",
          Pattern.DOTALL);

  /** Empty where the message names no place. */
  static Optional<Place> of(String message) {
    Matcher matcher = PLACED.matcher(message);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String column = matcher.group("column");
    return Optional.of(
        new Place(
            matcher.group("file"),
            Integer.parseInt(matcher.group("line")),
            column == null ? 0 : Integer.parseInt(column),
            matcher.group("text")));
  }
}
