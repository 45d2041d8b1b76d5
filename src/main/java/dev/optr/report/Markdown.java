package dev.optr.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub flavoured markdown in which foreign text is inert: nothing in a code span or a fenced
 * block is a mention, a reference, a link, an image or HTML.
 */
final class Markdown {
  private static final Pattern BACKTICKS = Pattern.compile("`+");
  private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9._~:/?=&%+-]+");
  private static final Pattern MARKER = Pattern.compile("optr:(?=sticky|reply)");
  private static final int LONGEST_SPAN = 160;

  private Markdown() {}

  /** A code span, also within a table: on one line, with no pipe in it. */
  static String code(String text) {
    return code(text, LONGEST_SPAN);
  }

  /** As {@link #code(String)}, of at most so many UTF-16 units. */
  static String code(String text, int limit) {
    // A pipe would end the cell, and how a backslash before it is read differs between renderers.
    String line = unmarked(Characters.line(text, limit)).replace('|', '¦');
    if (line.isEmpty()) {
      return "";
    }
    String ticks = "`".repeat(longestRun(line) + 1);
    boolean touches = line.startsWith("`") || line.endsWith("`");
    return touches ? ticks + " " + line + " " + ticks : ticks + line + ticks;
  }

  /** A fenced block whose fence is longer than any run of backticks in the text. */
  static String fence(String info, String text) {
    String ticks = fenceOf(text);
    String end = text.endsWith("\n") ? "" : "\n";
    return ticks + info + "\n" + unmarked(text) + end + ticks + "\n";
  }

  /**
   * The text without the hidden markers by which our comments are found again: no other text in
   * them may look like one.
   */
  static String unmarked(String text) {
    return MARKER.matcher(text).replaceAll("optr :");
  }

  /** The fence that the text needs. */
  static String fenceOf(String text) {
    return "`".repeat(Math.max(3, longestRun(text) + 1));
  }

  /**
   * A collapsed block; the blank lines make GitHub read what is inside as markdown.
   *
   * @param body ends with a blank line
   */
  static String details(String summary, String body) {
    return "<details>\n<summary>" + summary + "</summary>\n\n" + body + "</details>\n";
  }

  /** A link to an address that the environment gave, or that address as code. */
  static String link(String label, String url) {
    return URL.matcher(url).matches() ? "[" + label + "](" + url + ")" : code(url);
  }

  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static int longestRun(String text) {
    Matcher matcher = BACKTICKS.matcher(text);
    int longest = 0;
    while (matcher.find()) {
      longest = Math.max(longest, matcher.end() - matcher.start());
    }
    return longest;
  }
}
