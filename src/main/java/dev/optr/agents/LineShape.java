package dev.optr.agents;

import java.util.BitSet;
import java.util.List;

/**
 * What every line that matches an expression holds, and others may: the expression without its
 * anchors, over symbols. A symbol is a character of ASCII, or the first byte of another character
 * in UTF-8.
 */
sealed interface LineShape {
  /** How many symbols it is written with. */
  int size();

  /**
   * One symbol of several.
   *
   * @param symbols not to be changed
   */
  record One(BitSet symbols) implements LineShape {
    @Override
    public int size() {
      return 1;
    }
  }

  /**
   * One part after the other; nothing at all where there are none.
   *
   * @param size at hand, for it is asked at every depth
   */
  record Sequence(List<LineShape> parts, int size) implements LineShape {
    Sequence(List<LineShape> parts) {
      this(List.copyOf(parts), sum(parts));
    }
  }

  /** One of the parts. */
  record Choice(List<LineShape> parts, int size) implements LineShape {
    Choice(List<LineShape> parts) {
      this(List.copyOf(parts), sum(parts));
    }
  }

  /** Once; also not at all where it is optional, also any number of times where it is endless. */
  record Repeat(LineShape part, boolean optional, boolean endless) implements LineShape {
    @Override
    public int size() {
      return part.size();
    }
  }

  private static int sum(List<LineShape> parts) {
    return parts.stream().mapToInt(LineShape::size).sum();
  }
}
