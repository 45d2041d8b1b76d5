package dev.optr.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out lines that cannot match, at a step per byte: a deterministic automaton that is made as
 * far as texts lead into it, and begun anew when it grows too large. For one thread.
 */
final class LineFilter {
  private static final int MOST_STATES = 512;
  private static final int UNKNOWN = -1;
  private static final int END = -2;

  private final Optional<LineAutomaton> automaton;
  private final Map<BitSet, Integer> numbers = new HashMap<>();
  // Of each state the places that can come next.
  private final List<BitSet> states = new ArrayList<>();
  private final int[] table;

  /**
   * @param automaton empty where any line may match
   */
  LineFilter(Optional<LineAutomaton> automaton) {
    this.automaton = automaton.filter(it -> !it.takesAll());
    this.table = new int[this.automaton.isPresent() ? MOST_STATES << 8 : 0];
    this.automaton.ifPresent(this::begin);
  }

  /**
   * A place in the next line that may match, from the beginning of a line on; the length of the
   * text where there is none, or nobody waits for it any more.
   *
   * @param text UTF-8
   */
  int next(byte[] text, int from, BooleanSupplier stop) {
    return automaton.isPresent() ? next(automaton.get(), text, from, stop) : from;
  }

  private int next(LineAutomaton known, byte[] text, int from, BooleanSupplier stop) {
    int state = 0;
    for (int i = from; i < text.length; i++) {
      int next = table[(state << 8) | (text[i] & 0xff)];
      if (next == UNKNOWN) {
        if (states.size() == MOST_STATES && stop.getAsBoolean()) {
          return text.length;
        }
        next = step(known, state, text[i] & 0xff);
      }
      if (next == END) {
        return i;
      }
      state = next;
    }
    return text.length;
  }

  private int step(LineAutomaton known, int state, int symbol) {
    boolean begun = states.size() == MOST_STATES;
    int next = state;
    if (symbol == '\n') {
      next = 0;
    } else if (symbol < 0x80 || symbol > 0xbf) {
      BitSet reached = known.reached(states.get(state), symbol);
      next = known.isEnd(reached) ? END : number(known, reached);
    }
    // Where all was begun anew the number of the state behind us is another one's.
    if (!begun || states.size() == MOST_STATES) {
      table[(state << 8) | symbol] = next;
    }
    return next;
  }

  private void begin(LineAutomaton known) {
    numbers.clear();
    states.clear();
    Arrays.fill(table, UNKNOWN);
    number(known, new BitSet());
  }

  private int number(LineAutomaton known, BitSet places) {
    @Nullable Integer number = numbers.get(places);
    if (number != null) {
      return number;
    }
    if (states.size() == MOST_STATES) {
      begin(known);
    }
    states.add(known.next(places));
    numbers.put(places, states.size() - 1);
    return states.size() - 1;
  }
}
