package dev.optr.bundle;

import dev.optr.evidence.Examined;
import dev.optr.evidence.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What rows of a bundle can be. */
final class BundleRows {
  static final String HEAD = "head";

  private BundleRows() {}

  /** What is wrong with them, the first of it. */
  static Optional<String> problem(Bundle bundle) {
    List<Row> rows = bundle.header().rows();
    Row head = new Row(HEAD, bundle.header().frozen().tree(), List.of());
    if (rows.isEmpty()
        || !rows.getFirst().name().equals(HEAD)
        || !rows.getFirst().tree().equals(head.tree())) {
      return Optional.of("the first row is not 'head' with the frozen tree");
    }
    Set<String> names = new HashSet<>();
    Set<String> trees = new HashSet<>();
    for (Row row : rows) {
      if (!names.add(row.name()) || !trees.add(row.tree())) {
        return Optional.of("row " + Shown.of(row.name()) + " is there twice, or its tree is");
      }
      Optional<String> problem = problem(row, bundle);
      if (problem.isPresent()) {
        return problem.map(it -> "row " + Shown.of(row.name()) + " " + it);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> problem(Row row, Bundle bundle) {
    if (!BundlePath.ROW.matcher(row.name()).matches()) {
      return Optional.of("has a name that no row has");
    }
    if (!bundle.header().lanes().containsAll(row.agents())) {
      return Optional.of("is of agents that were not asked");
    }
    if (row.name().equals(HEAD)) {
      return Optional.empty();
    }
    String agent = row.name().replace("+frozen-tests", "");
    Optional<Examined> lane =
        bundle.lanes().stream().filter(it -> it.candidate().agent().equals(agent)).findFirst();
    if (lane.isEmpty() || lane.get().candidate().changes() == null) {
      return Optional.of("is of an agent without a path");
    }
    return row.name().equals(agent) && !row.tree().equals(lane.get().candidate().tree())
        ? Optional.of("has another tree than the path of its agent")
        : Optional.empty();
  }
}
