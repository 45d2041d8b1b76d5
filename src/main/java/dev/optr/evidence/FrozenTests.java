package dev.optr.evidence;

import dev.optr.datalake.Candidate;
import dev.optr.git.Change;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A path's tree where the frozen tests took the place of those that the path changed: edited and
 * deleted ones are put back, of renamed ones the old is put back and the new is gone. Tests that
 * the path adds stay, since it may need them.
 */
final class FrozenTests {
  private static final int MOST_NAMED = 50;

  private final TreeStore trees;
  private final FrozenTree frozen;

  FrozenTests(TreeStore trees, FrozenTree frozen) {
    this.trees = trees;
    this.frozen = frozen;
  }

  /** What there is to run besides the path's own tree. */
  sealed interface Version {
    /** The path left all tests as they were. */
    record Same() implements Version {}

    /**
     * @param files that were put back, sorted; the first of very many
     */
    record PutBack(String tree, List<String> files) implements Version {}

    /**
     * @param reason one sentence
     */
    record Impossible(String reason) implements Version {}
  }

  Version of(Candidate candidate) {
    List<Change> changes = candidate.changes() == null ? List.of() : candidate.changes();
    List<String> touched = changes.stream().flatMap(this::frozenTests).distinct().sorted().toList();
    if (touched.isEmpty()) {
      return new Version.Same();
    }
    return switch (trees.rebuild(frozen, withoutTests(changes))) {
      case TreeResult.Applied(String tree, _) ->
          new Version.PutBack(tree, touched.stream().limit(MOST_NAMED).toList());
      case TreeResult.Rejected(List<String> errors) ->
          new Version.Impossible(
              "the frozen versions of the tests that it changed cannot be put back: "
                  + errors.getFirst());
    };
  }

  /** Frozen tests that a change takes away or changes. */
  private Stream<String> frozenTests(Change change) {
    return Stream.of(Optional.of(change.path()), Optional.ofNullable(change.from()))
        .flatMap(Optional::stream)
        .filter(this::isFrozenTest);
  }

  private boolean isFrozenTest(String path) {
    return TestFiles.isTest(path) && frozen.find(path).isPresent();
  }

  private List<Change> withoutTests(List<Change> changes) {
    Set<String> gone =
        changes.stream()
            .filter(change -> change.mode() == null && isFrozenTest(change.path()))
            .map(change -> frozen.find(change.path()).orElseThrow().blob())
            .collect(Collectors.toSet());
    List<Change> kept = new ArrayList<>();
    for (Change change : changes) {
      boolean fromTest = change.from() != null && isFrozenTest(change.from());
      boolean moved =
          TestFiles.isTest(change.path())
              && (fromTest || (change.blob() != null && gone.contains(change.blob())));
      if (!moved && !isFrozenTest(change.path())) {
        kept.add(fromTest ? added(change) : change);
      }
    }
    return kept;
  }

  /** Code that was made of a test stays, though the test comes back. */
  private static Change added(Change change) {
    return new Change(
        change.path(), null, change.mode(), change.blob(), change.encoding(), change.content());
  }
}
