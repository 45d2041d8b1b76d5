package dev.optr.agents;

import java.util.BitSet;

/**
 * The symbols of a class of characters while it is read: those that some character of the class may
 * begin with, and those that certainly stand for a character of it, which is what counts where the
 * class is negated.
 */
final class SymbolSet {
  private static final int ASCII = 0x80;
  private static final int FIRST_LEAD = 0xc2;
  private static final int BEHIND_LEADS = 0xf5;

  private final boolean anyCase;
  private final BitSet possible = new BitSet();
  private final BitSet certain = new BitSet();

  /**
   * @param anyCase true where an upper-case letter may stand for a lower-case one and vice versa
   */
  SymbolSet(boolean anyCase) {
    this.anyCase = anyCase;
  }

  /** Every symbol there is, the line end excepted. */
  static BitSet all() {
    BitSet all = new BitSet();
    all.set(0, ASCII);
    all.set(FIRST_LEAD, BEHIND_LEADS);
    all.clear('\n');
    return all;
  }

  SymbolSet add(int character) {
    return addRange(character, character);
  }

  /** Takes both ends in. */
  SymbolSet addRange(int lowest, int highest) {
    for (int c = lowest; c <= Math.min(highest, ASCII - 1); c++) {
      certain.set(c);
      possible.set(c);
      addOtherCases(c);
    }
    if (highest >= ASCII) {
      possible.set(lead(Math.max(lowest, ASCII)), lead(highest) + 1);
      addOtherCases(highest);
    }
    return this;
  }

  // The Kelvin sign is a k, and there are more such letters: any beyond ASCII may be one.
  private void addOtherCases(int c) {
    if (anyCase && c >= ASCII) {
      possible.set('A', 'Z' + 1);
      possible.set('a', 'z' + 1);
      possible.set(FIRST_LEAD, BEHIND_LEADS);
    }
    if (anyCase && c < ASCII && Character.isLetter(c)) {
      possible.set(Character.toLowerCase(c));
      possible.set(Character.toUpperCase(c));
      possible.set(FIRST_LEAD, BEHIND_LEADS);
    }
  }

  /** Adds what another class holds. */
  void addAll(SymbolSet other) {
    possible.or(other.possible);
    certain.or(other.certain);
  }

  /** Adds the characters that another class does not hold. */
  void addOthers(SymbolSet other) {
    possible.or(other.negated());
    for (int c = 0; c < ASCII; c++) {
      if (!other.possible.get(c)) {
        certain.set(c);
      }
    }
  }

  /** Adds a class of which nothing is known. */
  void addUnknown() {
    possible.or(all());
  }

  /** The symbols that a character of the class may begin with. */
  BitSet symbols() {
    return possible;
  }

  /** The symbols that a character outside of the class may begin with. */
  BitSet negated() {
    BitSet negated = all();
    negated.andNot(certain);
    return negated;
  }

  private static int lead(int character) {
    return character < 0x800
        ? 0xc0 | (character >> 6)
        : character < 0x10000 ? 0xe0 | (character >> 12) : 0xf0 | (character >> 18);
  }
}
