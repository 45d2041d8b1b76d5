package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.NullUnmarked;

/** jqwik sets the fields before the first property, which the checker cannot know. */
@NullUnmarked
final class CapturePropertiesTest {
  private static Path directory;
  private static TempRepo source;
  private static GitRepository repository;
  private static TreeStore store;
  private static FrozenTree frozen;

  /** What foreign code does to a directory. */
  sealed interface Deed {}

  record Write(String path, String content, boolean executable) implements Deed {}

  record Remove(String path) implements Deed {}

  @BeforeContainer
  static void opens() throws IOException {
    directory = Files.createTempDirectory("captures");
    source = TempRepo.create(directory.resolve("repository"));
    source.commit("first", Map.of("a", "1\n", "d/a", "x", "e/f/g", "x", "h/i", "i", "h/j", "j"));
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
  Arbitrary<Deed> deeds() {
    Arbitrary<String> paths =
        Arbitraries.of("a", "b", "d/a", "d/b", "d", "e/f/g", "e/f", "e", "h/k", "h/i", "caf\u00e9");
    Arbitrary<String> texts = Arbitraries.of("", "x", "1\n", "\u20ac");
    return Arbitraries.oneOf(
        Combinators.combine(paths, texts, Arbitraries.of(true, false)).as(Write::new),
        paths.map(Remove::new));
  }

  @Property(tries = 200)
  void capturedChangesGiveTheTreeThatTheDirectoryHolds(
      @ForAll @Size(max = 8) List<@From("deeds") Deed> deeds) throws Exception {
    FrozenTree shown = frozen.showing(path -> !path.equals("h/j"));
    try (CandidateDirectory candidate = store.materialize(shown)) {
      for (Deed deed : deeds) {
        perform(candidate.path(), deed);
      }
      TreeResult.Applied captured = (TreeResult.Applied) store.capture(shown, candidate.path());
      assertThat(store.rebuild(frozen, captured.changes())).isEqualTo(captured);
      assertThat(store.changes(frozen.tree(), captured.tree())).isEqualTo(captured);
      try (CandidateDirectory again = store.materialize(captured.tree())) {
        assertThat(again.path().resolve("h/j")).hasContent("j");
        Files.delete(again.path().resolve("h/j"));
        assertThat(content(again.path())).isEqualTo(content(candidate.path()));
      }
    }
  }

  private static void perform(Path root, Deed deed) throws IOException {
    switch (deed) {
      case Write(String path, String content, boolean executable) -> {
        Path file = root.resolve(path);
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
          Path above = root.resolve(path.substring(0, slash));
          if (Files.isRegularFile(above)) {
            Files.delete(above);
          }
          Files.createDirectories(above);
        }
        DirectoryRemoval.remove(Files.isDirectory(file) ? file : root.resolve("nothing"));
        Files.write(file, content.getBytes(UTF_8));
        assertThat(file.toFile().setExecutable(executable)).isTrue();
      }
      case Remove(String path) -> {
        Path file = root.resolve(path);
        if (Files.isDirectory(file)) {
          DirectoryRemoval.remove(file);
        } else if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }

  /** Path, executable bit and content of every file; directories without files do not count. */
  private static List<String> content(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.startsWith(root.resolve(".git")))
          .map(file -> describe(root, file))
          .sorted()
          .toList();
    }
  }

  private static String describe(Path root, Path file) {
    try {
      return root.relativize(file)
          + " "
          + file.toFile().canExecute()
          + " "
          + Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
