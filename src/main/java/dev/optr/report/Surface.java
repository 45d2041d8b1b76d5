package dev.optr.report;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where markdown is shown, and how much of it fits there. */
enum Surface {
  /** GitHub refuses more than 65,536 characters. */
  COMMENT(60_000) {
    @Override
    int size(String text) {
      return text.length();
    }
  },
  /** The runner drops a step summary of more than 1 MiB. */
  SUMMARY(900 * 1024) {
    @Override
    int size(String text) {
      return text.getBytes(UTF_8).length;
    }
  };

  private final int budget;

  Surface(int budget) {
    this.budget = budget;
  }

  int budget() {
    return budget;
  }

  /** The size of a text in this surface's own unit. */
  abstract int size(String text);

  /**
   * The text, or as much of its beginning as fits with the marker behind it, cut at the end of a
   * line where there is one.
   */
  String cut(String text, int room, String marker) {
    if (size(text) <= room) {
      return text;
    }
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (size(Characters.prefix(text, middle)) + size(marker) + 1 <= room) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    String kept = Characters.prefix(text, low);
    int lineEnd = kept.lastIndexOf('\n');
    return (lineEnd > kept.length() / 2 ? kept.substring(0, lineEnd) : kept) + "\n" + marker;
  }
}
