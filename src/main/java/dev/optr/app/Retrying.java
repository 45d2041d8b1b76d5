package dev.optr.app;

import dev.optr.agents.Lane;
import dev.optr.evidence.Examined;
import java.util.List;
import java.util.Optional;

/**
 * Which agents a run asks: all of them, or one again, while the answers of the others stand as they
 * are recorded.
 *
 * @param agent empty = all
 * @param recorded every lane of the decision that is made anew
 */
record Retrying(Optional<String> agent, List<Examined> recorded) {
  /** Everybody is asked. */
  static final Retrying NOBODY = new Retrying(Optional.empty(), List.of());

  Retrying {
    recorded = List.copyOf(recorded);
  }

  List<Lane> asked(List<Lane> lanes) {
    return lanes.stream().filter(lane -> isAsked(lane.spec().name())).toList();
  }

  List<Examined> kept() {
    return recorded.stream().filter(lane -> !isAsked(lane.candidate().agent())).toList();
  }

  private boolean isAsked(String name) {
    return agent.isEmpty() || agent.get().equals(name);
  }
}
