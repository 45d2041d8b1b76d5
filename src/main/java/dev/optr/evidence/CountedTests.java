package dev.optr.evidence;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What tests did, by name. Several tests of one name are one entry, since nobody can tell them
 * apart: parameters without a name, the same class in two modules.
 */
final class CountedTests {
  static final CountedTests NONE = new CountedTests(Map.of());

  private final SequencedMap<String, Tally> byName;

  CountedTests(Map<String, Tally> byName) {
    this.byName = new TreeMap<>(byName);
  }

  /** How often tests of one name did what. */
  record Tally(int passed, int failed, int skipped) {
    static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(Tally other) {
      return new Tally(passed + other.passed, failed + other.failed, skipped + other.skipped);
    }

    boolean isWorseThan(Tally before) {
      return before.passed > 0 && (passed < before.passed || failed > before.failed);
    }
  }

  /** Outcomes as {@link Check.Tests} records them. */
  Check.Tests totals() {
    return new Check.Tests(sum(Tally::passed), sum(Tally::failed), sum(Tally::skipped));
  }

  /** How many ran: those that were skipped did not. */
  int executed() {
    return sum(tally -> tally.passed() + tally.failed());
  }

  /** Names of which at least one failed, sorted. */
  List<String> failed() {
    return names(this::hasFailed);
  }

  /**
   * Names of which fewer pass now than before, or more fail: broken, skipped or not there any more.
   * A name of which none passed before is never among them.
   */
  List<String> worseThan(CountedTests before) {
    return before.names(name -> tally(name).isWorseThan(before.tally(name)));
  }

  boolean hasFailed(String name) {
    return tally(name).failed() > 0;
  }

  private Tally tally(String name) {
    return byName.getOrDefault(name, Tally.NONE);
  }

  private List<String> names(Predicate<String> wanted) {
    return byName.keySet().stream().filter(wanted).toList();
  }

  private int sum(ToIntFunction<Tally> part) {
    return byName.values().stream().mapToInt(part).sum();
  }
}
