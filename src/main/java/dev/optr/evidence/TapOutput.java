package dev.optr.evidence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tests by the Test Anything Protocol, versions 12 to 14 (testanything.org): a test that is {@code
 * not ok} fails unless it is a TODO, one with SKIP did not run. Subtests are indented by four
 * spaces and named by the comment before them. YAML blocks are passed over.
 */
final class TapOutput {
  private static final int SUBTEST = 4;
  private static final int DEEPEST = 32;
  private static final Pattern TEST =
      Pattern.compile("(not )?ok(?: +([0-9]{1,9})(?![^ ]))?(?: +(?:- ?)?(.*))?", Pattern.DOTALL);
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "(?:^|\\s)#\\s*(TODO|SKIP)\\S*(?:\\s.*)?$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final TestCount count;
  private final Deque<Level> levels = new ArrayDeque<>();
  private int yaml = -1;

  TapOutput(TestCount count) {
    this.count = count;
  }

  /** A subtest that is open, by the indentation of its lines. */
  private record Level(int indentation, String name) {}

  static boolean isVersion(String line) {
    return line.matches("TAP version 1[234]\\s*");
  }

  static boolean isPlan(String line) {
    return line.matches("1\\.\\.[0-9]{1,9}\\s*(#.*)?");
  }

  void line(String line) {
    int indentation = indentation(line);
    String text = line.substring(indentation).stripTrailing();
    if (yaml >= 0) {
      yaml = text.equals("...") && indentation <= yaml ? -1 : yaml;
    } else if (text.equals("---")) {
      yaml = indentation;
    } else if (text.startsWith("# Subtest")) {
      open(indentation, text);
    } else if (text.startsWith("Bail out!")) {
      count.failed("Bail out!");
    } else if (indentation % SUBTEST == 0) {
      test(indentation, TEST.matcher(text));
    }
  }

  /** The comment stands above its subtest, indented as that or as the test that sums it up. */
  private void open(int indentation, String comment) {
    close(indentation);
    String name = comment.substring("# Subtest".length()).replaceFirst("^:?\\s*", "");
    if (levels.size() < DEEPEST) {
      levels.push(new Level(indentation, name));
    }
  }

  private void test(int indentation, Matcher test) {
    if (!test.matches()) {
      return;
    }
    // The test that sums up a subtest ends it.
    close(indentation);
    String description = test.group(3) == null ? "" : test.group(3);
    Matcher directive = DIRECTIVE.matcher(description);
    boolean directed = directive.find();
    boolean skip = directed && directive.group(1).equalsIgnoreCase("SKIP");
    String name = name(directed ? description.substring(0, directive.start()) : description, test);
    if (skip || (directed && test.group(1) != null)) {
      count.skipped(name);
    } else if (test.group(1) != null) {
      count.failed(name);
    } else {
      count.passed(name);
    }
  }

  private String name(String description, Matcher test) {
    StringJoiner name = new StringJoiner(" > ");
    for (Iterator<Level> outer = levels.descendingIterator(); outer.hasNext(); ) {
      name.add(outer.next().name());
    }
    String number = test.group(2) == null ? "" : " " + test.group(2);
    return name.add(description.isBlank() ? "test" + number : description.strip()).toString();
  }

  private void close(int indentation) {
    while (!levels.isEmpty() && levels.element().indentation() >= indentation) {
      levels.pop();
    }
  }

  private static int indentation(String line) {
    int spaces = 0;
    while (spaces < line.length() && line.charAt(spaces) == ' ') {
      spaces++;
    }
    return spaces;
  }
}
