package dev.optr.agents;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;

/**
 * Paths as text. A path of letters, digits and harmless signs is shown as it is; any other is shown
 * as a JSON string without control or invisible characters, so that no path can look like another
 * line, another path or a part of the answer.
 */
final class ShownPath {
  private static final String HARMLESS = "-_./+@~#%,=[](){}$&!^*?";
  private static final int LONGEST = 200;

  private ShownPath() {}

  static String of(String path) {
    boolean harmless =
        !path.isEmpty()
            && path.codePoints()
                .allMatch(
                    point -> Character.isLetterOrDigit(point) || HARMLESS.indexOf(point) >= 0);
    return harmless ? path : quoted(path);
  }

  /** As a JSON string, which names exactly this path in the arguments of a call. */
  static String quoted(String path) {
    StringBuilder out = new StringBuilder();
    CanonicalJson.text(Json.text(WellFormed.text(path)))
        .codePoints()
        .forEach(
            point -> {
              if (isInvisible(point)) {
                for (char unit : Character.toChars(point)) {
                  out.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.toString();
  }

  /** For a message: in quotes of one kind or the other, and no longer than it can bear. */
  static String named(String path) {
    String brief = brief(path);
    return brief.startsWith("\"") ? brief : "'" + brief + "'";
  }

  /** Shown and no longer than a line of progress or an error can bear. */
  static String brief(String path) {
    if (path.length() <= LONGEST) {
      return of(path);
    }
    return of(WellFormed.text(path.substring(0, LONGEST))) + "...";
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
