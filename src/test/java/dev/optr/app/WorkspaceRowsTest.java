package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Checkpoint;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.testing.RealGit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of every kind, also those that no bundle of ours would hold, written by JGit. */
final class WorkspaceRowsTest implements ApplyContract {
  @TempDir private Path directory;

  @BeforeEach
  void gitIsThere() {
    assumeTrue(RealGit.isPresent());
  }

  @Override
  public ApplySite site() {
    return new ApplySite(directory);
  }

  @Override
  public Applied apply(String digest, String row) {
    // The row's objects are read from where they were made, and the workspace's own stay as they
    // are.
    String alternates = ".git/objects/info/alternates";
    ApplySite.write(site().workspace(), alternates, site().author().resolve(".git/objects") + "\n");
    try (GitRepository repository = GitRepository.open(site().workspace(), Checkpoint.NONE);
        TreeStore trees = TreeStore.open(repository, directory.resolve("temporary"))) {
      List<String> problems = trees.checkOut(site().frozen(), tree(repository, row));
      return new Applied(problems.isEmpty() ? 0 : 2, String.join("\n", problems));
    } catch (UserException e) {
      return new Applied(2, String.join("\n", e.messages()));
    } finally {
      ApplySite.delete(site().workspace().resolve(alternates));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"filter=lfs", "ident", "working-tree-encoding=ISO-8859-1"})
  void refusesFilesThatOnlyGitItselfCanWrite(String attribute) {
    site().write("a.bin", "one\n");
    site().write("b.bin", "one\n");
    site().freeze();
    site().write(".gitattributes", "*.bin " + attribute + "\n");
    site().write("a.bin", "two\n");
    site().row(ApplySite.ROW);
    site().checkOut(site().frozen());

    Applied applied = apply("", ApplySite.ROW);

    assertThat(applied.exit()).isEqualTo(2);
    assertThat(applied.said())
        .contains("a.bin", "'" + attribute.replaceAll("=.*", "") + "'", "apply/")
        .doesNotContain("b.bin");
    assertThat(site().workspace().resolve("a.bin")).hasContent("one\n");
  }

  private String tree(GitRepository repository, String row) {
    return row.equals("head")
        ? repository.frozenTree(site().frozen()).tree()
        : RealGit.in(site().author())
            .text("rev-parse", "refs/optr/rows/" + row + "^{tree}")
            .strip();
  }
}
