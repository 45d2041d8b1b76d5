package dev.optr.rules;

import dev.cel.common.CelIssue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CEL's messages in our words: one short line, and the place of the word that they are about. */
final class RuleErrors {
  private static final int LONGEST = 300;
  private static final Pattern PLACE = Pattern.compile("evaluation error at <input>:[0-9]+: ");
  private static final Pattern UNKNOWN_NAME =
      Pattern.compile("(undefined field|undeclared reference to) '([^']*)'.*");
  private static final List<String> VARIABLES = List.of("candidate", "intent");

  private RuleErrors() {}

  static RuleError of(String expression, CelIssue issue) {
    String message = oneLine(issue.getMessage());
    int offset =
        offset(
            expression, issue.getSourceLocation().getLine(), issue.getSourceLocation().getColumn());
    Matcher unknown = UNKNOWN_NAME.matcher(message);
    if (!unknown.matches()) {
      return new RuleError(offset, message, "", List.of());
    }
    String word = unknown.group(2);
    boolean field = unknown.group(1).equals("undefined field");
    return new RuleError(
        placeOf(word, expression, offset),
        field ? "there is no field '" + word + "'" : "there is no '" + word + "'",
        word,
        field ? FactTypes.fields() : VARIABLES);
  }

  /** In one line, without what hides or turns text, and not long. */
  static String oneLine(@Nullable String message) {
    StringBuilder line = new StringBuilder();
    PLACE
        .matcher(String.valueOf(message))
        .replaceAll("")
        .codePoints()
        .limit(LONGEST)
        .forEach(point -> line.appendCodePoint(isPlain(point) ? point : ' '));
    return line.toString().strip();
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Lines count from 1, columns from 0, in code points. */
  private static int offset(String expression, int line, int column) {
    int start = 0;
    for (int i = 1; i < line && start >= 0; i++) {
      start = expression.indexOf('\n', start) + 1;
    }
    int before = expression.codePointCount(0, Math.max(start, 0));
    int length = expression.codePointCount(0, expression.length());
    return Math.clamp(before + (long) Math.max(column, 0), 0, length);
  }

  /** CEL names the dot before a field and the parenthesis behind a function. */
  private static int placeOf(String word, String expression, int offset) {
    int index = expression.offsetByCodePoints(0, offset);
    int behind = index < expression.length() && expression.charAt(index) == '.' ? index + 1 : index;
    while (behind < expression.length() && Character.isWhitespace(expression.charAt(behind))) {
      behind++;
    }
    if (expression.startsWith(word, behind)) {
      return expression.codePointCount(0, behind);
    }
    int ahead = expression.lastIndexOf(word, index);
    return ahead >= 0
            && expression
                .substring(ahead + word.length(), Math.max(index, ahead + word.length()))
                .isBlank()
        ? expression.codePointCount(0, ahead)
        : offset;
  }
}
