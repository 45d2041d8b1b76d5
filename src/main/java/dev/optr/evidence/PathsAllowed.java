package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.base.Glob;
import dev.optr.datalake.Candidate;
import dev.optr.git.Change;
import dev.optr.git.TreeDiff;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The check {@code paths-allowed}: every path that a candidate touches, both ends of a rename, is
 * within {@code scope} and not protected.
 */
record PathsAllowed(ProtectedPaths protectedPaths, List<Glob> scope, Stopwatch stopwatch)
    implements Examination {
  static final String ID = "paths-allowed";

  PathsAllowed {
    scope = List.copyOf(scope);
  }

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found) {
    return List.of(
        candidate.tree() == null
            ? Finding.notRun(ID, "there is no tree")
            : stopwatch.time(ID, () -> examine(candidate)));
  }

  @Override
  public List<Finding> ofHead() {
    return List.of();
  }

  List<WhyNot> examine(Candidate candidate) {
    Set<String> touched = touched(candidate);
    Set<String> folded = touched.stream().map(FoldedPath::of).collect(Collectors.toSet());
    return touched.stream()
        .flatMap(path -> reasons(path, folded).map(reason -> whyNot(path, reason)))
        .toList();
  }

  private Stream<String> reasons(String path, Set<String> touched) {
    Optional<String> outOfScope =
        scope.isEmpty() || scope.stream().anyMatch(glob -> glob.matches(path))
            ? Optional.empty()
            : Optional.of("is outside of 'scope'");
    return Stream.concat(protectedPaths.ruleAgainst(path, touched).stream(), outOfScope.stream());
  }

  private static WhyNot whyNot(String path, String reason) {
    return new WhyNot(WhyNot.Code.AUTHORITY_BOUNDARY_FAIL, ID, "'" + path + "' " + reason, path);
  }

  /** What is recorded and what differs: neither alone may hide a path. */
  private static Set<String> touched(Candidate candidate) {
    List<Change> changes = candidate.changes() == null ? List.of() : candidate.changes();
    List<TreeDiff.File> files = candidate.diff() == null ? List.of() : candidate.diff().files();
    return Stream.concat(
            changes.stream().flatMap(change -> Stream.of(change.path(), change.from())),
            files.stream().flatMap(file -> Stream.of(file.path(), file.from())))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
