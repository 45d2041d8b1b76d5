package dev.optr.base;

import java.util.List;

/**
 * A path pattern: {@code ?} and {@code *} within one segment, a segment {@code **} for any number
 * of segments (also none). Patterns are anchored at the repository's root. Matching takes time
 * proportional to pattern times path, whatever either contains, and no memory.
 */
public final class Glob {
  private static final String ANY_SEGMENTS = "**";

  private final String pattern;
  private final List<String> segments;

  private Glob(String pattern) {
    this.pattern = pattern;
    this.segments = List.of(pattern.split("/", -1));
  }

  public static Glob of(String pattern) {
    return new Glob(pattern);
  }

  // A wildcard first takes nothing, and one more each time that what follows it does not fit. Only
  // the last wildcard met has to be tried again: an earlier one could take no better part.
  public boolean matches(String path) {
    int segment = 0;
    int start = 0;
    int wildcard = -1;
    int retry = 0;
    while (start <= path.length()) {
      int end = endOfName(path, start);
      if (segment < segments.size() && segments.get(segment).equals(ANY_SEGMENTS)) {
        wildcard = segment++;
        retry = start;
      } else if (segment < segments.size()
          && matchesName(segments.get(segment), path, start, end)) {
        segment++;
        start = end + 1;
      } else if (wildcard >= 0) {
        retry = endOfName(path, retry) + 1;
        start = retry;
        segment = wildcard + 1;
      } else {
        return false;
      }
    }
    while (segment < segments.size() && segments.get(segment).equals(ANY_SEGMENTS)) {
      segment++;
    }
    return segment == segments.size();
  }

  private static int endOfName(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }

  /** The same for the characters of one name, which is {@code path} from start to end. */
  private static boolean matchesName(String segment, String path, int start, int end) {
    int wanted = 0;
    int at = start;
    int wildcard = -1;
    int retry = 0;
    while (at < end) {
      char c = wanted < segment.length() ? segment.charAt(wanted) : '/';
      if (c == '*') {
        wildcard = wanted++;
        retry = at;
      } else if (c == path.charAt(at) || c == '?') {
        wanted++;
        at++;
      } else if (wildcard >= 0) {
        at = ++retry;
        wanted = wildcard + 1;
      } else {
        return false;
      }
    }
    while (wanted < segment.length() && segment.charAt(wanted) == '*') {
      wanted++;
    }
    return wanted == segment.length();
  }

  @Override
  public String toString() {
    return pattern;
  }
}
