package dev.optr.git;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One segment of an ignore rule: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}, {@code
 * [[:alpha:]]} and a backslash before what is meant literally. Text is bytes read as Latin-1. A
 * malformed pattern matches nothing.
 */
final class NamePattern {
  private static final int ALL = 256;

  /** What may stand there, one after the other. */
  private final List<Place> places = new ArrayList<>();

  private final String pattern;
  private int next;
  private boolean malformed;

  private sealed interface Place {}

  private record Many() implements Place {}

  private record One(BitSet characters) implements Place {}

  NamePattern(String pattern) {
    this.pattern = pattern;
    while (next < pattern.length() && !malformed) {
      places.add(place());
    }
  }

  /** The classic matching with one place to come back to: after a star only the last one counts. */
  boolean matches(String name) {
    if (malformed) {
      return false;
    }
    int place = 0;
    int star = -1;
    int from = 0;
    for (int i = 0; i < name.length(); ) {
      if (place < places.size() && places.get(place) instanceof Many) {
        star = place++;
        from = i;
      } else if (place < places.size()
          && places.get(place) instanceof One(BitSet characters)
          && characters.get(name.charAt(i))) {
        place++;
        i++;
      } else if (star >= 0) {
        place = star + 1;
        from++;
        i = from;
      } else {
        return false;
      }
    }
    while (place < places.size() && places.get(place) instanceof Many) {
      place++;
    }
    return place == places.size();
  }

  private Place place() {
    char c = pattern.charAt(next++);
    return switch (c) {
      case '*' -> new Many();
      case '?' -> new One(range(0, ALL - 1));
      case '[' -> new One(set());
      case '\\' -> new One(range(literal(), literalAgain()));
      default -> new One(range(c, c));
    };
  }

  private char literal() {
    malformed |= next >= pattern.length();
    return malformed ? 0 : pattern.charAt(next++);
  }

  private char literalAgain() {
    return pattern.charAt(next - 1);
  }

  private BitSet set() {
    boolean negated = next < pattern.length() && "!^".indexOf(pattern.charAt(next)) >= 0;
    next += negated ? 1 : 0;
    BitSet set = new BitSet(ALL);
    boolean first = true;
    while (!malformed && (first || peek() != ']')) {
      set.or(member());
      first = false;
    }
    next++;
    malformed |= next > pattern.length();
    if (negated) {
      set.flip(0, ALL);
    }
    return set;
  }

  private char peek() {
    malformed |= next >= pattern.length();
    return malformed ? ']' : pattern.charAt(next);
  }

  private BitSet member() {
    int end = pattern.indexOf(']', next + 2);
    if (pattern.startsWith("[:", next) && end > next + 2 && pattern.charAt(end - 1) == ':') {
      String name = pattern.substring(next + 2, end - 1);
      next = end + 1;
      return named(name);
    }
    char low = bound();
    if (peek() == '-' && next + 1 < pattern.length() && pattern.charAt(next + 1) != ']') {
      next++;
      return range(low, bound());
    }
    return range(low, low);
  }

  private char bound() {
    char c = literal();
    return c == '\\' ? literal() : c;
  }

  private static BitSet range(char low, char high) {
    return range((int) low, (int) high);
  }

  private static BitSet range(int low, int high) {
    BitSet set = new BitSet(ALL);
    if (low <= high) {
      set.set(low, high + 1);
    }
    return set;
  }

  private BitSet named(String name) {
    BitSet set = new BitSet(ALL);
    for (int c = 0; c < 128; c++) {
      set.set(c, isIn(name, c));
    }
    return set;
  }

  private boolean isIn(String name, int c) {
    return switch (name) {
      case "alpha" -> Character.isLetter(c);
      case "digit" -> Character.isDigit(c);
      case "alnum" -> Character.isLetterOrDigit(c);
      case "upper" -> Character.isUpperCase(c);
      case "lower" -> Character.isLowerCase(c);
      case "xdigit" -> Character.digit(c, 16) >= 0;
      case "blank" -> c == ' ' || c == '\t';
      case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
      case "cntrl" -> c < ' ' || c == 127;
      case "print" -> c >= ' ' && c < 127;
      case "graph" -> c > ' ' && c < 127;
      case "punct" -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
      default -> {
        malformed = true;
        yield false;
      }
    };
  }
}
