package dev.optr.bundle;

import dev.optr.datalake.Candidate;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What rows of a bundle can be. */
final class BundleRows {
  private BundleRows() {}

  /** What is wrong with them, the first of it. */
  static Optional<String> problem(Bundle bundle) {
    List<Row> rows = bundle.header().rows();
    if (!bundle.header().asked() && !bundle.lanes().isEmpty()) {
      return Optional.of("there are lanes, and no agent was to be asked");
    }
    if (rows.isEmpty()
        || !rows.getFirst().name().equals(Row.HEAD)
        || !rows.getFirst().tree().equals(bundle.header().frozen().tree())) {
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
    if (row.name().equals(Row.HEAD)) {
      return row.agents().isEmpty() ? Optional.empty() : Optional.of("is of no agent");
    }
    boolean own = !row.name().endsWith(Row.FROZEN_TESTS);
    String agent = own ? row.name() : row.name().replace(Row.FROZEN_TESTS, "");
    if (row.agents().isEmpty() || !row.agents().getFirst().equals(agent)) {
      return Optional.of("is not named after the first of its agents");
    }
    for (String each : row.agents()) {
      Optional<Candidate> path = path(each, bundle);
      if (path.isEmpty()) {
        return Optional.of("is of an agent without a path");
      }
      if (own && !row.tree().equals(path.get().tree())) {
        return Optional.of("has another tree than the path of its agent");
      }
    }
    return Optional.empty();
  }

  private static Optional<Candidate> path(String agent, Bundle bundle) {
    return bundle.lanes().stream()
        .map(Examined::candidate)
        .filter(candidate -> candidate.agent().equals(agent) && candidate.changes() != null)
        .findFirst();
  }
}
