package dev.optr.agents.microsoft;

/** Follows words that may hold JSON objects, and tells whether they end within a text of one. */
final class JsonPlace {
  private int depth;
  private boolean quoted;
  private boolean escaped;

  void read(String part) {
    for (int i = 0; i < part.length(); i++) {
      read(part.charAt(i));
    }
  }

  private void read(char c) {
    if (escaped) {
      escaped = false;
    } else if (quoted && c == '\\') {
      escaped = true;
    } else if (c == '"' && depth > 0) {
      quoted = !quoted;
    } else if (!quoted && c == '{') {
      depth++;
    } else if (!quoted && c == '}') {
      depth = Math.max(0, depth - 1);
    }
  }

  boolean isWithinText() {
    return quoted;
  }
}
