package dev.optr.evidence;

import java.util.HashSet;
import java.util.Set;

/** What the lines that a diff adds to one file and removes from it show. */
final class FileLines {
  // Bidirectional controls in UTF-8, each byte a character: U+202A to U+202E, U+2066 to U+2069.
  private static final String EMBEDDINGS = "\u00e2\u0080";
  private static final String ISOLATES = "\u00e2\u0081";

  private final String ending;
  private final boolean test;
  private final boolean code;
  private final Set<String> publicBefore = new HashSet<>();
  private final Set<String> publicAfter = new HashSet<>();
  private int assertions;
  private int tests;
  private int skips;
  private boolean runsCode;
  private boolean hidden;

  FileLines(String path) {
    this.ending = PathKinds.ending(path);
    this.test = TestFiles.isTest(path);
    this.code = PathKinds.isSource(path) || PathKinds.isScript(path);
  }

  /**
   * @param line bytes of UTF-8, each a character
   */
  void added(String line) {
    hidden |= hasControls(line);
    count(line, 1);
    if (!test) {
      runsCode |= code && CodeLines.runsCode(line);
      if (CodeLines.isPublic(ending, line)) {
        publicAfter.add(normal(line));
      }
    }
  }

  /**
   * @param line bytes of UTF-8, each a character
   */
  void removed(String line) {
    count(line, -1);
    if (!test && CodeLines.isPublic(ending, line)) {
      publicBefore.add(normal(line));
    }
  }

  private void count(String line, int by) {
    if (test) {
      assertions += CodeLines.isAssertion(line) ? by : 0;
      tests += CodeLines.declaresTest(line) ? by : 0;
      skips += CodeLines.skipsTest(line) ? by : 0;
    }
  }

  boolean lessAssertions() {
    return assertions < 0;
  }

  boolean lessTests() {
    return tests < 0;
  }

  boolean moreSkips() {
    return skips > 0;
  }

  boolean runsCode() {
    return runsCode;
  }

  boolean hidesCharacters() {
    return hidden;
  }

  /** Something that others may use is gone, or declared in another way. */
  boolean changesPublic() {
    return !publicAfter.containsAll(publicBefore);
  }

  private static String normal(String line) {
    return line.replaceAll("\\s+", "");
  }

  private static boolean hasControls(String line) {
    return follows(line, EMBEDDINGS, 0xaa, 0xae) || follows(line, ISOLATES, 0xa6, 0xa9);
  }

  private static boolean follows(String line, String lead, int least, int most) {
    for (int at = line.indexOf(lead); at >= 0; at = line.indexOf(lead, at + 1)) {
      int behind = at + lead.length();
      if (behind < line.length() && line.charAt(behind) >= least && line.charAt(behind) <= most) {
        return true;
      }
    }
    return false;
  }
}
