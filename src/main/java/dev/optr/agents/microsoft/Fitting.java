package dev.optr.agents.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;

/** Makes a message fit into what a service takes as one. */
final class Fitting {
  private Fitting() {}

  /** Bytes in UTF-8 as JSON text. */
  static int size(String text) {
    return CompactJson.exact(Json.text(text)).getBytes(UTF_8).length;
  }

  /** The text, or as much of its beginning as fits, with a mark that says what is missing. */
  static String within(int bytes, String text) {
    if (size(text) <= bytes) {
      return text;
    }
    int fits = 0;
    int beyond = text.length();
    while (beyond - fits > 1) {
      int middle = (fits + beyond) >>> 1;
      if (size(cut(text, middle)) <= bytes) {
        fits = middle;
      } else {
        beyond = middle;
      }
    }
    return cut(text, fits);
  }

  private static String cut(String text, int length) {
    int whole =
        length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, whole)
        + "\n[optr: cut here, %d more characters do not fit into one message; ask for less at once]"
            .formatted(text.length() - whole);
  }
}
