package dev.optr.agents;

/**
 * A line that matches.
 *
 * @param number from 1
 * @param shown the line; of a long one, the text around its first match
 */
record LineMatch(int number, String shown) {
  /** The most characters shown of one line. */
  static final int LONGEST = 400;

  /** Characters before the match, where the line has to be cut. */
  private static final int BEFORE = 60;

  /**
   * @param start of the match in the line
   * @param end of the match in the line
   */
  static LineMatch of(int number, String line, int start, int end) {
    if (line.length() <= LONGEST) {
      return new LineMatch(number, line);
    }
    // A long match is shown from its beginning on: there an expression can go on after a known one.
    int from = end - start >= LONGEST - BEFORE ? start : Math.max(0, start - BEFORE);
    int to = Math.min(line.length(), from + LONGEST);
    from = Math.max(0, to - LONGEST);
    String part = line.substring(boundary(line, from), boundary(line, to));
    String where = "[characters " + (from + 1) + " to " + to + " of " + line.length() + "] ";
    return new LineMatch(number, where + part);
  }

  /** No character is cut in two. */
  private static int boundary(String line, int index) {
    boolean inside =
        0 < index
            && index < line.length()
            && Character.isLowSurrogate(line.charAt(index))
            && Character.isHighSurrogate(line.charAt(index - 1));
    return inside ? index - 1 : index;
  }
}
