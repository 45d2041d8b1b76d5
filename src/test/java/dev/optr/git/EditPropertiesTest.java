package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import dev.optr.base.DirectoryRemoval;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.NullUnmarked;

/** jqwik sets the fields before the first property, which the checker cannot know. */
@NullUnmarked
final class EditPropertiesTest {
  private static final List<String> PATHS =
      List.of("a", "b", "A", "d/a", "d/b", "d", "e/f/g", "e/f", "caf\u00e9", "datalake/x");

  private static Path directory;
  private static TempRepo source;
  private static GitRepository repository;
  private static TreeStore store;
  private static FrozenTree frozen;

  @BeforeContainer
  static void opens() throws IOException {
    directory = Files.createTempDirectory("edits");
    source = TempRepo.create(directory.resolve("repository"));
    source.commit("first", Map.of("a", "1\n2\n", "d/a", "x", "e/f/g", "x", "datalake/y", "y"));
    repository = GitRepository.open(source.directory(), Checkpoint.NONE);
    store = TreeStore.open(repository, directory.resolve("tmp"));
    frozen = repository.frozenTree(source.head());
  }

  @AfterContainer
  static void closes() throws IOException {
    store.close();
    repository.close();
    source.close();
    DirectoryRemoval.remove(directory);
  }

  @Provide
  Arbitrary<Edit> edits() {
    Arbitrary<String> paths = Arbitraries.of(PATHS);
    Arbitrary<String> texts = Arbitraries.of("", "x", "1\n", "2", "1\n2\n", "\u20ac");
    return Arbitraries.oneOf(
        Combinators.combine(paths, texts, Arbitraries.of(true, false)).as(Edit.Create::new),
        Combinators.combine(paths, texts, texts).as(Edit.Replace::new),
        Combinators.combine(paths, texts, Arbitraries.of(true, false).injectNull(0.3))
            .as(Edit.Rewrite::new),
        paths.map(Edit.Delete::new),
        Combinators.combine(paths, paths).as(Edit.Rename::new));
  }

  @Property(tries = 300)
  void recordedChangesGiveTheTreeOfTheEdits(
      @ForAll("edits") Edit first,
      @ForAll @Size(max = 1) List<@net.jqwik.api.From("edits") Edit> more) {
    check(
        java.util.stream.Stream.concat(java.util.stream.Stream.of(first), more.stream()).toList());
  }

  @Property(tries = 300)
  void recordedChangesGiveTheTreeOfManyEdits(
      @ForAll @Size(max = 12) List<@net.jqwik.api.From("edits") Edit> edits) {
    // Of many random edits some do not apply; what is left of them does.
    check(edits.stream().filter(edit -> applies(List.of(edit))).toList());
  }

  private static boolean applies(List<Edit> edits) {
    return store.apply(frozen, edits) instanceof TreeResult.Applied;
  }

  private static void check(List<Edit> edits) {
    if (store.apply(frozen, edits) instanceof TreeResult.Applied applied) {
      assertThat(store.rebuild(frozen, applied.changes())).isEqualTo(applied);
      assertThat(applied.changes())
          .extracting(Change::path)
          .isSortedAccordingTo(CandidateTree.BYTE_ORDER)
          .doesNotHaveDuplicates();
      TreeResult.Applied changes =
          (TreeResult.Applied) store.changes(frozen.tree(), applied.tree());
      assertThat(changes.changes()).noneMatch(change -> change.from() != null);
      assertThat(store.rebuild(frozen, changes.changes())).isEqualTo(changes);
      assertThat(changes.tree()).isEqualTo(applied.tree());
      TreeDiff diff = store.diff(frozen.tree(), applied.tree());
      assertThat(diff.files().isEmpty()).isEqualTo(applied.tree().equals(frozen.tree()));
      assertThat(applied.changes().isEmpty()).isEqualTo(diff.files().isEmpty());
      assertThat(store.diff(applied.tree(), applied.tree()).patch().size()).isZero();
    }
  }
}
