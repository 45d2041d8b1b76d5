package dev.optr.agents;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The automaton of a shape whose states are the places of its symbols (V. M. Glushkov, "The
 * abstract theory of automata", 1961). Thread-safe once it is made.
 */
final class LineAutomaton {
  private final List<BitSet> symbols = new ArrayList<>();
  private final List<BitSet> following = new ArrayList<>();
  private final List<BitSet> placesOf = new ArrayList<>();
  private final Part whole;

  LineAutomaton(LineShape shape) {
    whole = part(shape);
    for (int symbol = 0; symbol < 256; symbol++) {
      BitSet places = new BitSet();
      for (int place = 0; place < symbols.size(); place++) {
        places.set(place, symbols.get(place).get(symbol));
      }
      placesOf.add(places);
    }
  }

  /**
   * @param empty whether it can be nothing at all
   * @param first the places that it can begin with
   * @param last the places that it can end with
   */
  private record Part(boolean empty, BitSet first, BitSet last) {}

  /** Whether any line will do. */
  boolean takesAll() {
    return whole.empty();
  }

  /** The places that can come next, behind some others or anew. */
  BitSet next(BitSet places) {
    BitSet next = (BitSet) whole.first().clone();
    places.stream().forEach(place -> next.or(following.get(place)));
    return next;
  }

  /** The places of a symbol, of those that can come next. */
  BitSet reached(BitSet next, int symbol) {
    BitSet reached = (BitSet) placesOf.get(symbol).clone();
    reached.and(next);
    return reached;
  }

  boolean isEnd(BitSet places) {
    return whole.last().intersects(places);
  }

  private Part part(LineShape shape) {
    return switch (shape) {
      case LineShape.One(BitSet of) -> one(of);
      case LineShape.Sequence(List<LineShape> parts, _) -> sequence(parts);
      case LineShape.Choice(List<LineShape> parts, _) -> choice(parts);
      case LineShape.Repeat(LineShape repeated, boolean optional, boolean endless) -> {
        Part part = part(repeated);
        if (endless) {
          connect(part.last(), part.first());
        }
        yield new Part(optional || part.empty(), part.first(), part.last());
      }
    };
  }

  private Part one(BitSet of) {
    BitSet place = new BitSet();
    place.set(symbols.size());
    symbols.add(of);
    following.add(new BitSet());
    return new Part(false, place, place);
  }

  private Part sequence(List<LineShape> shapes) {
    boolean empty = true;
    BitSet first = new BitSet();
    BitSet last = new BitSet();
    for (LineShape shape : shapes) {
      Part part = part(shape);
      connect(last, part.first());
      if (empty) {
        first.or(part.first());
      }
      if (!part.empty()) {
        last.clear();
      }
      last.or(part.last());
      empty = empty && part.empty();
    }
    return new Part(empty, first, last);
  }

  private Part choice(List<LineShape> shapes) {
    boolean empty = false;
    BitSet first = new BitSet();
    BitSet last = new BitSet();
    for (LineShape shape : shapes) {
      Part part = part(shape);
      first.or(part.first());
      last.or(part.last());
      empty = empty || part.empty();
    }
    return new Part(empty, first, last);
  }

  private void connect(BitSet last, BitSet first) {
    last.stream().forEach(place -> following.get(place).or(first));
  }
}
