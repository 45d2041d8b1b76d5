package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.UserException;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch with its work tree and index, moved to a commit that changes the user's files. */
final class LocalCheckoutTest {
  @TempDir Path directory;

  @Test
  void bringsAlongWhatDiffers() throws IOException {
    try (TempRepo repo = repository();
        GitRepository git = repo.repository()) {
      String commit = changed(git, repo.head());

      assertThat(new LocalCheckout(git).advance("main", repo.head(), commit)).isTrue();

      assertThat(repo.head()).isEqualTo(commit);
      assertThat(RealGit.in(directory).text("status", "--porcelain")).isEmpty();
      assertThat(read("a.txt")).isEqualTo("two\n");
      assertThat(directory.resolve("old.txt")).doesNotExist();
      assertThat(Files.isExecutable(directory.resolve("run.sh"))).isTrue();
    }
  }

  @Test
  void putsFilesBackWhereTheBranchIsSomewhereElse() throws IOException {
    try (TempRepo repo = repository();
        GitRepository git = repo.repository()) {
      String before = repo.head();
      String commit = changed(git, before);
      String other = repo.commit("Be faster", Map.of("c.txt", "three\n"));

      assertThat(new LocalCheckout(git).advance("main", before, commit)).isFalse();

      assertThat(repo.head()).isEqualTo(other);
      assertThat(RealGit.in(directory).text("status", "--porcelain")).isEmpty();
      assertThat(read("a.txt")).isEqualTo("one\n");
      assertThat(read("old.txt")).isEqualTo("old\n");
    }
  }

  @Test
  void goesOnWhereACrashLeftTheFilesWritten() throws IOException {
    try (TempRepo repo = repository()) {
      String before = repo.head();
      String commit;
      try (GitRepository git = GitRepository.open(directory, halting())) {
        commit = changed(git, before);
        assertThatThrownBy(() -> new LocalCheckout(git).advance("main", before, commit))
            .hasMessage("halted");
      }
      assertThat(repo.head()).isEqualTo(before);
      assertThat(read("a.txt")).isEqualTo("two\n");

      try (GitRepository git = repo.repository()) {
        assertThat(new LocalCheckout(git).advance("main", before, commit)).isTrue();
      }
      assertThat(RealGit.in(directory).text("status", "--porcelain")).isEmpty();
    }
  }

  @Test
  void refusesWhatIsInTheWay() throws IOException {
    try (TempRepo repo = repository();
        GitRepository git = repo.repository()) {
      String before = repo.head();
      String commit = changed(git, before);
      repo.write("run.sh", "mine\n");

      assertThatThrownBy(() -> new LocalCheckout(git).advance("main", before, commit))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("'run.sh' is in the way");

      assertThat(repo.head()).isEqualTo(before);
      assertThat(read("run.sh")).isEqualTo("mine\n");
      assertThat(read("a.txt")).isEqualTo("one\n");
    }
  }

  private static Checkpoint halting() {
    return name -> {
      if (name.equals("wrote the work tree")) {
        throw new IllegalStateException("halted");
      }
    };
  }

  private static String changed(GitRepository git, String parent) {
    FileChanges changes =
        new FileChanges(
            Map.of("a.txt", Bytes.utf8("two\n"), "run.sh", Bytes.utf8("echo\n")),
            Set.of("old.txt"),
            Set.of("run.sh"));
    return AnchorCommit.build(
        git, parent, changes, "Change", Instant.parse("2026-01-01T10:00:00Z"), Optional.empty());
  }

  private TempRepo repository() {
    TempRepo repo = TempRepo.create(directory);
    repo.commit("Start", Map.of("a.txt", "one\n", "old.txt", "old\n"));
    return repo;
  }

  private String read(String path) throws IOException {
    return Files.readString(directory.resolve(path));
  }
}
