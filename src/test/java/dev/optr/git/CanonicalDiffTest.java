package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.optr.base.Checkpoint;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CanonicalDiffTest {
  @TempDir Path directory;
  private TempRepo source;
  private GitRepository repository;
  private TreeStore store;

  @BeforeEach
  void opens() {
    source = TempRepo.create(directory.resolve("repository"));
    repository = GitRepository.open(source.directory(), Checkpoint.NONE);
    store = TreeStore.open(repository, directory.resolve("tmp"));
  }

  @AfterEach
  void closes() {
    store.close();
    repository.close();
    source.close();
  }

  @Test
  void writesTextAsGitDoes() throws IOException {
    assumeThat(RealGit.isPresent()).isTrue();
    String numbers = numbers(1, 60);
    String before =
        source.commit(
            "before",
            Map.of(
                "numbers", numbers,
                "no end", "a\nb",
                "gone.txt", "x\ny\n",
                "caf\u00e9 \"quoted\"\t.txt", "1\n",
                "empty-later", "x\n",
                "mode.sh", "m\n",
                "moved", numbers(200, 230),
                "one", "1\n"));
    Path script = source.directory().resolve("mode.sh");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    source.stage("mode.sh");
    source.delete("gone", "gone.txt", "moved");
    String after =
        source.commit(
            "after",
            Map.of(
                "numbers",
                    numbers.replace("7\n", "seven\n").replace("40\n", "").replace("41\n", ""),
                "no end", "a\nb\nc",
                "new file", "n\n",
                "caf\u00e9 \"quoted\"\t.txt", "2\n",
                "empty-later", "",
                "empty-new", "",
                "a/deep/er", numbers(1, 3),
                "moved-here", numbers(200, 230),
                "one", "2\n"));
    TreeDiff diff = diff(before, after);
    // git adds the enclosing function behind the second @@; the canonical form does not.
    String expected =
        RealGit.in(source.directory())
            .text("diff", "--full-index", "--binary", "--no-renames", before, after)
            .replaceAll("(?m)^(@@ [^@]* @@).*$", "$1");
    assertThat(diff.patch().utf8()).isEqualTo(expected);
    assertThat(diff.files())
        .filteredOn(file -> file.from() != null)
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.path()).isEqualTo("moved-here");
              assertThat(file.from()).isEqualTo("moved");
              assertThat(file.additions() + file.deletions()).isZero();
            });
    assertApplies(before, after, diff);
  }

  @Test
  void writesBinaryFilesSoThatGitAppliesThem() throws IOException {
    assumeThat(RealGit.isPresent()).isTrue();
    byte[] large = new byte[200_001];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) ((i * i) >> 3);
    }
    String before =
        source.commitBytes(
            "before", Map.of("a.bin", new byte[] {0, 1, 2}, "gone.bin", new byte[] {0}));
    source.delete("gone", "gone.bin");
    String after =
        source.commitBytes("after", Map.of("a.bin", large, "new.bin", new byte[] {9, 0, 9, 9}));
    TreeDiff diff = diff(before, after);
    assertThat(diff.files()).hasSize(3).allMatch(TreeDiff.File::binary);
    assertThat(diff.changedLines()).isZero();
    assertThat(diff.changedBytes()).isEqualTo(large.length + 3 + 1 + 4);
    assertThat(diff.patch().utf8()).contains("GIT binary patch\nliteral 200001\n");
    assertApplies(before, after, diff);
  }

  @Test
  void tellsAFileFromALinkAtTheSamePath() throws IOException {
    assumeThat(RealGit.isPresent()).isTrue();
    String before = source.commit("before", Map.of("x", "text\n", "y", "y\n"));
    Path path = source.directory().resolve("x");
    Files.delete(path);
    Files.createSymbolicLink(path, Path.of("y"));
    source.stage("x");
    String after = source.commitStaged("after");
    TreeDiff diff = diff(before, after);
    assertThat(diff.patch().utf8())
        .isEqualTo(
            RealGit.in(source.directory())
                .text("diff", "--full-index", "--binary", "--no-renames", before, after));
    assertThat(diff.files()).hasSize(1);
    assertApplies(before, after, diff);
  }

  @Test
  void isTheSameForTheSameTrees() {
    String before = source.commit("before", Map.of("a", "1\n"));
    String after = source.commit("after", Map.of("a", "2\n"));
    assertThat(diff(before, after)).isEqualTo(diff(before, after));
    assertThat(diff(before, after).patch().sha256())
        .isEqualTo("f56fe54defdbcc973ee69b8aced70caddc6fae5331c0b03512c9947fd839b479");
  }

  private TreeDiff diff(String before, String after) {
    return store.diff(repository.frozenTree(before).tree(), repository.frozenTree(after).tree());
  }

  private void assertApplies(String before, String after, TreeDiff diff) {
    RealGit git = RealGit.in(source.directory());
    git.text("reset", "--quiet", "--hard", before);
    git.bytesFrom(diff.patch().toArray(), "apply", "--index", "--whitespace=nowarn");
    assertThat(git.text("write-tree").strip())
        .isEqualTo(git.text("rev-parse", after + "^{tree}").strip());
  }

  private static String numbers(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(number -> number + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void countsLinesAndBytes() {
    String before = source.commit("before", Map.of("a", "1\n22\n333\n"));
    String after = source.commit("after", Map.of("a", "1\n4444\n333\n5\n"));
    TreeDiff diff = diff(before, after);
    assertThat(diff.additions()).isEqualTo(2);
    assertThat(diff.deletions()).isEqualTo(1);
    assertThat(diff.changedBytes())
        .isEqualTo("22\n4444\n5\n".getBytes(StandardCharsets.UTF_8).length);
  }
}
