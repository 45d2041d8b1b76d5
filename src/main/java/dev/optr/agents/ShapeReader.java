package dev.optr.agents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shape of matching lines from an expression that RE2/J has taken (its syntax:
 * github.com/google/re2/wiki/Syntax). Where it is not sure it takes the wider meaning: lines may be
 * looked at in vain, but none is missed.
 */
final class ShapeReader {
  /** More symbols than this are no help in leaving lines out. */
  private static final int LARGEST = 2000;

  /** What is repeated is written out up to this many symbols. */
  private static final int LARGEST_REPEATED = 100;

  private static final int ENDLESS = Integer.MAX_VALUE;

  private static final Pattern ANY_CASE = Pattern.compile("\\(\\?[a-zA-Z-]*i");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]*\\)");
  private static final Pattern GROUP = Pattern.compile("\\(\\?(?:P?<\\w*>|[a-zA-Z-]*:)|\\((?!\\?)");
  private static final Pattern COUNT =
      Pattern.compile("\\{(0|[1-9]\\d{0,3})(,(0|[1-9]\\d{0,3})?)?\\}");
  private static final LineShape NOTHING = new LineShape.Sequence(List.of());

  private final RegexText text;
  private final ClassReader classes;

  private ShapeReader(String regex) {
    this.text = new RegexText(regex);
    this.classes = new ClassReader(text, ANY_CASE.matcher(regex).find());
  }

  /** The shape; empty where nothing is known about matching lines. */
  static Optional<LineShape> read(String regex) {
    ShapeReader reader = new ShapeReader(regex);
    try {
      LineShape shape = reader.choice();
      boolean whole = !reader.text.hasMore();
      return whole && shape.size() <= LARGEST ? Optional.of(shape) : Optional.empty();
    } catch (RegexText.Unknown _) {
      return Optional.empty();
    }
  }

  private LineShape choice() throws RegexText.Unknown {
    List<LineShape> parts = new ArrayList<>();
    do {
      parts.add(sequence());
    } while (text.takes("|"));
    return parts.size() == 1 ? parts.getFirst() : new LineShape.Choice(parts);
  }

  private LineShape sequence() throws RegexText.Unknown {
    List<LineShape> parts = new ArrayList<>();
    while (text.hasMore() && !text.looksAt("|") && !text.looksAt(")")) {
      addPart(parts);
    }
    return new LineShape.Sequence(parts);
  }

  private void addPart(List<LineShape> parts) throws RegexText.Unknown {
    if (text.takes("^") || text.takes("$")) {
      parts.add(NOTHING);
    } else if (text.takes(".")) {
      parts.add(new LineShape.One(SymbolSet.all()));
    } else if (text.takes("[")) {
      parts.add(new LineShape.One(classes.bracketed()));
    } else if (text.looksAt("(")) {
      addGroup(parts);
    } else if (text.looksAt("\\")) {
      addEscape(parts);
    } else if (text.takes("*")) {
      repeat(parts, 0, ENDLESS);
    } else if (text.takes("+")) {
      repeat(parts, 1, ENDLESS);
    } else if (text.takes("?")) {
      repeat(parts, 0, 1);
    } else if (!addCount(parts)) {
      parts.add(one(text.character()));
    }
  }

  private void addGroup(List<LineShape> parts) throws RegexText.Unknown {
    if (text.take(FLAGS).hasMatch()) {
      return;
    }
    if (!text.take(GROUP).hasMatch()) {
      throw new RegexText.Unknown();
    }
    parts.add(choice());
    if (!text.takes(")")) {
      throw new RegexText.Unknown();
    }
  }

  private void addEscape(List<LineShape> parts) throws RegexText.Unknown {
    SymbolSet named = classes.none();
    if (text.takes("\\A") || text.takes("\\z") || text.takes("\\b") || text.takes("\\B")) {
      parts.add(NOTHING);
    } else if (text.takes("\\Q")) {
      text.before("\\E").codePoints().forEach(character -> parts.add(one(character)));
    } else if (text.takes("\\p") || text.takes("\\P")) {
      text.unicodeClass();
      parts.add(new LineShape.One(SymbolSet.all()));
    } else if (classes.named(named)) {
      parts.add(new LineShape.One(named.symbols()));
    } else {
      text.takes("\\");
      parts.add(one(text.escaped()));
    }
  }

  private LineShape one(int character) {
    return new LineShape.One(classes.none().add(character).symbols());
  }

  private boolean addCount(List<LineShape> parts) throws RegexText.Unknown {
    Matcher count = text.take(COUNT);
    if (!count.hasMatch()) {
      return false;
    }
    int least = Integer.parseInt(count.group(1));
    @Nullable String most = count.group(3);
    boolean endless = count.group(2) != null && most == null;
    repeat(parts, least, endless ? ENDLESS : most == null ? least : Integer.parseInt(most));
    return true;
  }

  private void repeat(List<LineShape> parts, int least, int most) throws RegexText.Unknown {
    text.takes("?");
    if (parts.isEmpty()) {
      throw new RegexText.Unknown();
    }
    LineShape part = parts.removeLast();
    int size = part.size();
    int written = most == ENDLESS ? least : most;
    if (most == 0 || size == 0) {
      parts.add(NOTHING);
    } else if (written <= 1 || size * written > LARGEST_REPEATED) {
      parts.add(new LineShape.Repeat(part, least == 0, most > 1));
    } else {
      List<LineShape> copies = new ArrayList<>(Collections.nCopies(least, part));
      LineShape more = new LineShape.Repeat(part, true, most == ENDLESS);
      copies.addAll(Collections.nCopies(most == ENDLESS ? 1 : most - least, more));
      parts.add(new LineShape.Sequence(copies));
    }
  }
}
