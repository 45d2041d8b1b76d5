package dev.optr.report;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Foreign text without anything that acts or deceives: no control characters, terminal sequences,
 * bidirectional controls or invisible characters. Tabs and line feeds stay.
 */
final class Characters {
  private static final Pattern TERMINAL_SEQUENCE = Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int REPLACEMENT = 0xFFFD;

  private Characters() {}

  /** The text with lines kept; every kind of line end becomes a line feed. */
  static String shown(String text) {
    String unix = TERMINAL_SEQUENCE.matcher(text).replaceAll("").replace("\r\n", "\n");
    return unix.codePoints()
        .map(Characters::lineFeeds)
        .filter(Characters::isShown)
        .map(point -> Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** How many characters of the text {@link #shown} leaves out, but for those that end lines. */
  static int hidden(String text) {
    return (int) text.codePoints().filter(point -> point != '\r' && !isShown(point)).count();
  }

  /** The text on one line, at most {@code limit} UTF-16 units long. */
  static String line(String text, int limit) {
    String line = BLANKS.matcher(shown(text)).replaceAll(" ").strip();
    // The runner takes this as a command wherever it stands in a line.
    String inert = line.replace("##[", "# #[");
    return inert.length() <= limit ? inert : prefix(inert, limit - 1) + "…";
  }

  /** The first {@code length} units, one less where that would split a character. */
  static String prefix(String text, int length) {
    int end = Math.clamp(length, 0, text.length());
    boolean splits =
        end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end);
  }

  /** An enum's name as people read it. */
  static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static int lineFeeds(int point) {
    return switch (point) {
      case '\r', '\u000b', '\f', 0x85, 0x2028, 0x2029 -> '\n';
      default -> point;
    };
  }

  private static boolean isShown(int point) {
    if (point == '\n' || point == '\t') {
      return true;
    }
    int type = Character.getType(point);
    return type != Character.CONTROL && type != Character.FORMAT && !isInvisible(point);
  }

  /** What shows nothing although its category is not that of a format character. */
  private static boolean isInvisible(int point) {
    return point == 0x34F
        || point == 0x115F
        || point == 0x1160
        || point == 0x17B4
        || point == 0x17B5
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x2065
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0F)
        || point == 0xFFA0
        || (point >= 0xFFF0 && point <= 0xFFF8)
        || (point >= 0xE0000 && point <= 0xE0FFF);
  }
}
