package dev.optr.evidence;

/**
 * A part of a line of a changed file.
 *
 * @param line index of the line in its hunk
 * @param start index of its first character
 * @param end index behind its last character
 * @param passage spans with one number are one comment, one text or one paragraph
 */
record TextSpan(int line, int start, int end, Kind kind, int passage) {
  enum Kind {
    /** A comment, a text in quotes, or prose. */
    WORDS,
    /** Program code. */
    CODE,
    /** Of a language that nobody knows: it may be either. */
    UNCERTAIN
  }
}
