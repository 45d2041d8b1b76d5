package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLake;
import dev.optr.evidence.FrozenTests.Version;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.testing.SampleAnswer;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrozenTestsTest {
  @TempDir Path directory;
  private TempRepo repo;
  private GitRepository repository;
  private TreeStore trees;
  private FrozenTree frozen;

  @BeforeEach
  void commitFiles() {
    repo = TempRepo.create(directory.resolve("repo"));
    String commit =
        repo.commit(
            "files",
            Map.of("src/a.py", "a\n", "tests/test_a.py", "frozen a\n", "tests/test_b.py", "b\n"));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(commit);
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
    repo.close();
  }

  @Test
  void leavesAloneAPathThatChangesNoFrozenTest() {
    assertThat(
            version(
                new Edit.Rewrite("src/a.py", "new\n", null),
                new Edit.Create("tests/test_new.py", "new\n", false)))
        .isEqualTo(new Version.Same());
  }

  @Test
  void putsBackWhatWasEditedAndKeepsWhatWasAdded() throws Exception {
    assertThat(
            files(
                new Edit.Rewrite("src/a.py", "new\n", null),
                new Edit.Rewrite("tests/test_a.py", "assert True\n", null),
                new Edit.Create("tests/test_new.py", "new\n", false)))
        .containsExactly(
            "src/a.py=new",
            "tests/test_a.py=frozen a",
            "tests/test_b.py=b",
            "tests/test_new.py=new");
  }

  @Test
  void putsBackWhatWasDeleted() throws Exception {
    Version version = version(new Edit.Delete("tests/test_a.py"));
    assertThat(version).isEqualTo(new Version.PutBack(frozen.tree(), List.of("tests/test_a.py")));
  }

  @Test
  void putsBackWhatWasRenamedAndDropsTheNewName() throws Exception {
    assertThat(files(new Edit.Rename("tests/test_a.py", "tests/test_c.py")))
        .containsExactly("src/a.py=a", "tests/test_a.py=frozen a", "tests/test_b.py=b");
    assertThat(
            files(
                new Edit.Delete("tests/test_a.py"),
                new Edit.Create("tests/test_c.py", "frozen a\n", false)))
        .containsExactly("src/a.py=a", "tests/test_a.py=frozen a", "tests/test_b.py=b");
    assertThat(
            files(
                new Edit.Rename("tests/test_a.py", "tests/test_c.py"),
                new Edit.Rewrite("tests/test_c.py", "weaker\n", null)))
        .containsExactly("src/a.py=a", "tests/test_a.py=frozen a", "tests/test_b.py=b");
  }

  @Test
  void keepsCodeThatWasMadeOfATest() throws Exception {
    assertThat(files(new Edit.Rename("tests/test_a.py", "src/b.py")))
        .containsExactly(
            "src/a.py=a", "src/b.py=frozen a", "tests/test_a.py=frozen a", "tests/test_b.py=b");
  }

  @Test
  void putsBackATestThatCodeTookThePlaceOf() throws Exception {
    assertThat(
            files(
                new Edit.Delete("tests/test_a.py"), new Edit.Rename("src/a.py", "tests/test_a.py")))
        .contains("tests/test_a.py=frozen a");
  }

  @Test
  void saysWhereAFrozenTestHasNoPlaceAnyMore() {
    assertThat(
            version(
                new Edit.Delete("tests/test_a.py"),
                new Edit.Create("tests/test_a.py/in/the/way.txt", "x\n", false)))
        .isInstanceOfSatisfying(
            Version.Impossible.class,
            impossible ->
                assertThat(impossible.reason())
                    .startsWith("the frozen versions of the tests that it changed cannot be put")
                    .contains("tests/test_a.py"));
  }

  private Version version(Edit... edits) {
    return new FrozenTests(trees, frozen).of(candidate(edits));
  }

  private Candidate candidate(Edit... edits) {
    Candidate candidate =
        new DataLake(trees, frozen, new Redactor(List.of()))
            .capture(SamplePolicy.lane("codex", null), SampleAnswer.proposed(edits));
    assertThat(candidate.problems()).isEmpty();
    return candidate;
  }

  private List<String> files(Edit... edits) throws IOException {
    Version.PutBack version = (Version.PutBack) version(edits);
    try (CandidateDirectory written = trees.materialize(version.tree());
        Stream<Path> files = Files.walk(written.path())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> written.path().relativize(file))
          .filter(file -> !file.startsWith(".git"))
          .map(file -> file + "=" + text(written.path().resolve(file)))
          .sorted()
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
