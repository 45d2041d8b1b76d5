package dev.optr.selection;

import dev.optr.evidence.Examined;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All lanes in their final order: admissible trees by objective, agents that reached one tree by
 * name and with one rank, then the others by name.
 */
record Ranking(List<Ranked> candidates) {
  private static final Comparator<Examined> BY_NAME =
      Comparator.comparing(examined -> examined.candidate().agent());
  // Ties: fewer changed lines, fewer changed bytes, smaller tree id.
  private static final Comparator<Path> BY_OBJECTIVE =
      Comparator.comparing((Path path) -> path.score().objective())
          .thenComparingInt(path -> Objective.changedLines(path.first()))
          .thenComparingLong(path -> Objective.changedBytes(path.first()))
          .thenComparing(path -> Objective.tree(path.first()));
  // Agents that reached one tree may have been paid differently: the tree is had for the least.
  private static final Comparator<Score> CHEAPEST =
      Comparator.comparing(Score::objective)
          .thenComparing(Score::expectedTtvHours)
          .thenComparing(Score::usd, Comparator.nullsLast(Comparator.naturalOrder()));

  Ranking {
    candidates = List.copyOf(candidates);
  }

  /** One admissible tree with everyone who reached it, by name. */
  private record Path(List<Examined> reachedBy, Score score) {
    Examined first() {
      return reachedBy.getFirst();
    }
  }

  static Ranking of(Workflow.Weights weights, List<Examined> examined) {
    List<Examined> byName = examined.stream().sorted(BY_NAME).toList();
    List<Ranked> candidates = new ArrayList<>();
    int rank = 0;
    for (Path path : paths(weights, byName.stream().filter(Examined::admissible).toList())) {
      rank++;
      for (Examined same : path.reachedBy()) {
        candidates.add(new Ranked(same, rank, path.score()));
      }
    }
    byName.stream()
        .filter(other -> !other.admissible())
        .map(other -> new Ranked(other, null, null))
        .forEach(candidates::add);
    return new Ranking(candidates);
  }

  Optional<Ranked> best() {
    return candidates.stream().findFirst().filter(first -> first.rank() != null);
  }

  /** Where nothing may be selected, nobody is first. */
  List<Ranked> withoutRanks() {
    return candidates.stream()
        .map(ranked -> new Ranked(ranked.examined(), null, ranked.score()))
        .toList();
  }

  private static List<Path> paths(Workflow.Weights weights, List<Examined> admissible) {
    Objective objective = Objective.of(Parameters.PUBLISHED, weights, admissible);
    Collection<List<Examined>> trees =
        admissible.stream()
            .collect(Collectors.groupingBy(Objective::tree, TreeMap::new, Collectors.toList()))
            .values();
    return trees.stream()
        .map(same -> new Path(same, cheapest(objective, same)))
        .sorted(BY_OBJECTIVE)
        .toList();
  }

  private static Score cheapest(Objective objective, List<Examined> same) {
    return same.stream().map(objective::score).min(CHEAPEST).orElseThrow();
  }
}
