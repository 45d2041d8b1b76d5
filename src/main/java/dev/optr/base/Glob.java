package dev.optr.base;

import java.util.List;

/**
 * A path pattern: {@code ?} and {@code *} within one segment, a segment {@code **} for any number
 * of segments (also none). Patterns are anchored at the repository's root. Matching takes time
 * proportional to pattern times path, whatever either contains.
 */
public final class Glob {
  private final String pattern;
  private final List<String> segments;

  private Glob(String pattern) {
    this.pattern = pattern;
    this.segments = List.of(pattern.split("/", -1));
  }

  public static Glob of(String pattern) {
    return new Glob(pattern);
  }

  public boolean matches(String path) {
    String[] names = path.split("/", -1);
    // reachable[j]: the pattern segments so far can match the first j names.
    boolean[] reachable = new boolean[names.length + 1];
    reachable[0] = true;
    for (String segment : segments) {
      boolean[] next = new boolean[names.length + 1];
      if (segment.equals("**")) {
        boolean any = false;
        for (int j = 0; j <= names.length; j++) {
          any |= reachable[j];
          next[j] = any;
        }
      } else {
        for (int j = 0; j < names.length; j++) {
          next[j + 1] = reachable[j] && matchesName(segment, names[j]);
        }
      }
      reachable = next;
    }
    return reachable[names.length];
  }

  private static boolean matchesName(String segment, String name) {
    boolean[] reachable = new boolean[name.length() + 1];
    reachable[0] = true;
    for (int i = 0; i < segment.length(); i++) {
      char wanted = segment.charAt(i);
      boolean[] next = new boolean[name.length() + 1];
      if (wanted == '*') {
        boolean any = false;
        for (int j = 0; j <= name.length(); j++) {
          any |= reachable[j];
          next[j] = any;
        }
      } else {
        for (int j = 0; j < name.length(); j++) {
          next[j + 1] = reachable[j] && (wanted == '?' || wanted == name.charAt(j));
        }
      }
      reachable = next;
    }
    return reachable[name.length()];
  }

  @Override
  public String toString() {
    return pattern;
  }
}
