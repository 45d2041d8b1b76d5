package dev.optr.workflow;

import java.util.Optional;

/**
 * Finds where a character of a scalar's text is written in the file. The text is laid along its
 * source: quotes, folded lines and indentation are stepped over. Where the two cannot be matched,
 * as behind an alias or an escape, the scalar's own place is given.
 */
final class ScalarPlace {
  private final int[] source;
  private final Mark scalar;
  private int index;
  private int line = 1;
  private int column = 1;

  private ScalarPlace(String source, Mark scalar) {
    this.source = source.codePoints().toArray();
    this.scalar = scalar;
  }

  /**
   * @param source the whole file
   * @param offset in code points from the begin of the text
   */
  static Mark of(String source, YamlNode.Scalar scalar, int offset) {
    return new ScalarPlace(source, scalar.mark())
        .place(scalar.text(), offset)
        .orElse(scalar.mark());
  }

  private Optional<Mark> place(String text, int offset) {
    while (index < source.length && new Mark(line, column).compareTo(scalar) < 0) {
      step();
    }
    if (index >= source.length) {
      return Optional.empty();
    }
    int style = source[index];
    switch (style) {
      case '&', '!', '*' -> {
        return Optional.empty();
      }
      case '|', '>' -> skipHeader();
      case '"', '\'' -> step();
      default -> {}
    }
    return along(text.codePoints().toArray(), offset, style);
  }

  private void skipHeader() {
    int header = line;
    while (index < source.length && line == header) {
      step();
    }
  }

  private Optional<Mark> along(int[] text, int offset, int style) {
    boolean block = style == '|' || style == '>';
    for (int i = 0; i <= Math.min(offset, text.length - 1); i++) {
      boolean blank = isBlank(text[i]);
      if (blank || (i == 0 ? block : isBlank(text[i - 1]))) {
        skipBlanks();
      }
      if (!blank && !at(text[i], style)) {
        return Optional.empty();
      }
      if (i == offset) {
        return Optional.of(new Mark(line, column));
      }
      if (!blank) {
        step();
      }
    }
    return Optional.of(new Mark(line, column));
  }

  /** Whether that character is written here; steps over what escapes it. */
  private boolean at(int character, int style) {
    boolean doubled = style == '\'' && character == '\'';
    boolean escaped = style == '"' && index < source.length && source[index] == '\\';
    if (doubled || escaped) {
      step();
    }
    return index < source.length && source[index] == character;
  }

  private void skipBlanks() {
    while (index < source.length && isBlank(source[index])) {
      step();
    }
  }

  private static boolean isBlank(int character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }

  private void step() {
    boolean last = index + 1 == source.length;
    boolean lineEnds =
        source[index] == '\n' || (source[index] == '\r' && (last || source[index + 1] != '\n'));
    line += lineEnds ? 1 : 0;
    column = lineEnds ? 1 : column + 1;
    index++;
  }
}
