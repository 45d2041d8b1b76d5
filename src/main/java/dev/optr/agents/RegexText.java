package dev.optr.agents;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of an expression that RE2/J has taken, and how far it was read. */
final class RegexText {
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,3}");
  private static final Pattern HEXADECIMAL = Pattern.compile("x(?:([0-9a-fA-F]{2})|\\{(\\w+)\\})");

  private final String text;
  private int at;

  RegexText(String text) {
    this.text = text;
  }

  /** Something that is not known here. */
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;
  }

  boolean hasMore() {
    return at < text.length();
  }

  boolean looksAt(String next) {
    return text.startsWith(next, at);
  }

  /** Reads on behind a text where that is what comes next. */
  boolean takes(String next) {
    boolean taken = looksAt(next);
    at += taken ? next.length() : 0;
    return taken;
  }

  /** Reads on behind what a pattern matches here; the matcher has not matched where none does. */
  Matcher take(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    at = matcher.lookingAt() ? matcher.end() : at;
    return matcher;
  }

  int character() throws Unknown {
    if (!hasMore()) {
      throw new Unknown();
    }
    int character = text.codePointAt(at);
    at += Character.charCount(character);
    return character;
  }

  /** The characters up to an end, which is read too, or up to the end of all. */
  String before(String end) {
    int found = text.indexOf(end, at);
    String before = text.substring(at, found < 0 ? text.length() : found);
    at = found < 0 ? text.length() : found + end.length();
    return before;
  }

  /** Reads {@code {Greek}} or {@code L}, behind {@code \p}. */
  void unicodeClass() throws Unknown {
    if (takes("{")) {
      before("}");
    } else {
      character();
    }
  }

  /** The character that an escape stands for, behind its backslash. */
  int escaped() throws Unknown {
    Matcher octal = take(OCTAL);
    if (octal.hasMatch()) {
      return Integer.parseInt(octal.group(), 8);
    }
    Matcher hexadecimal = take(HEXADECIMAL);
    if (hexadecimal.hasMatch()) {
      String two = hexadecimal.group(1);
      return Integer.parseInt(two == null ? hexadecimal.group(2) : two, 16);
    }
    int character = character();
    return switch (character) {
      case 'a' -> 7;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      default -> {
        if (character >= 0x80 || Character.isLetterOrDigit(character)) {
          throw new Unknown();
        }
        yield character;
      }
    };
  }
}
