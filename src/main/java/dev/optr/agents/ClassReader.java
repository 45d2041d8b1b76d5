package dev.optr.agents;

import java.util.BitSet;

/** Reads the classes of characters in an expression. */
final class ClassReader {
  private final RegexText text;
  private final boolean anyCase;

  ClassReader(RegexText text, boolean anyCase) {
    this.text = text;
    this.anyCase = anyCase;
  }

  SymbolSet none() {
    return new SymbolSet(anyCase);
  }

  /** The class behind an opening bracket. */
  BitSet bracketed() throws RegexText.Unknown {
    boolean negated = text.takes("^");
    SymbolSet set = none();
    do {
      addPart(set);
    } while (!text.takes("]"));
    return negated ? set.negated() : set.symbols();
  }

  private void addPart(SymbolSet set) throws RegexText.Unknown {
    if (text.takes("[:")) {
      // '[' and ':' themselves where no name follows.
      text.before(":]");
      set.addUnknown();
    } else if (text.takes("\\p") || text.takes("\\P")) {
      text.unicodeClass();
      set.addUnknown();
    } else if (!named(set)) {
      int lowest = character();
      boolean range = text.looksAt("-") && !text.looksAt("-]") && text.takes("-");
      set.addRange(lowest, range ? character() : lowest);
    }
  }

  private int character() throws RegexText.Unknown {
    return text.takes("\\") ? text.escaped() : text.character();
  }

  /** Adds a class such as {@code \d}, where one comes next. */
  boolean named(SymbolSet set) {
    if (text.takes("\\d")) {
      set.addAll(digits());
    } else if (text.takes("\\D")) {
      set.addOthers(digits());
    } else if (text.takes("\\s")) {
      set.addAll(spaces());
    } else if (text.takes("\\S")) {
      set.addOthers(spaces());
    } else if (text.takes("\\w")) {
      set.addAll(wordCharacters());
    } else if (text.takes("\\W")) {
      set.addOthers(wordCharacters());
    } else {
      return false;
    }
    return true;
  }

  private SymbolSet digits() {
    return none().addRange('0', '9');
  }

  private SymbolSet spaces() {
    return none().addRange('\t', '\n').addRange('\f', '\r').add(' ');
  }

  private SymbolSet wordCharacters() {
    return none().addRange('0', '9').addRange('A', 'Z').addRange('a', 'z').add('_');
  }
}
