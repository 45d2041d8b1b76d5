package dev.optr.evidence;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A path as the most forgiving file system would compare it: case-insensitive, composed (NFC),
 * without the invisible characters that HFS+ ignores and without the dots and spaces that Windows
 * drops at the end of a name.
 */
final class FoldedPath {
  // The characters that git's core.protectHFS knows (utf8.c, next_hfs_char).
  private static final Pattern IGNORED =
      Pattern.compile("[\u200C-\u200F\u202A-\u202E\u206A-\u206F\uFEFF\u200B\u2060\u00AD]");

  private FoldedPath() {}

  static String of(String path) {
    String visible =
        IGNORED.matcher(Normalizer.normalize(path, Normalizer.Form.NFC)).replaceAll("");
    String folded = visible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Arrays.stream(Normalizer.normalize(folded, Normalizer.Form.NFC).split("/", -1))
        .map(FoldedPath::withoutTrailingDots)
        .collect(Collectors.joining("/"));
  }

  private static String withoutTrailingDots(String name) {
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
      end--;
    }
    return end == 0 ? name : name.substring(0, end);
  }
}
