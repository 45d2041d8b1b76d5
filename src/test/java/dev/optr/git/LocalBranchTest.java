package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalBranchTest {
  private static final Map<String, Bytes> FILES =
      Map.of(
          "datalake/ledger.jsonl", Bytes.utf8("{}\n"),
          "datalake/workflows/optr/intent.json", Bytes.utf8("{\"v\":1}\n"));
  private static final Instant WHEN = Instant.parse("2026-02-03T04:05:06Z");

  @TempDir Path directory;
  private final List<String> passed = new ArrayList<>();
  private TempRepo user;
  private GitRepository repository;

  @BeforeEach
  void opens() {
    user = TempRepo.create(directory.resolve("repository"));
    user.commit("first", Map.of("staged", "1", "changed", "1", "deleted", "1", "both", "1"));
    repository = GitRepository.open(user.directory(), passed::add);
  }

  @AfterEach
  void closes() {
    repository.close();
    user.close();
  }

  @Test
  void leavesWhatTheUserStagedChangedDeletedAndAdded() throws IOException {
    assumeThat(RealGit.isPresent()).isTrue();
    user.write("staged", "2");
    user.stage("staged");
    user.write("both", "2");
    user.stage("both");
    user.write("both", "3");
    user.write("changed", "2");
    user.write("untracked", "1");
    user.write("added", "1");
    user.stage("added");
    Files.delete(user.directory().resolve("deleted"));
    RealGit git = RealGit.in(user.directory());
    String before = git.text("status", "--porcelain");
    assertThat(before).contains("M  staged", "MM both", " M changed", " D deleted", "A  added");

    String head = user.head();
    String commit = commit(head);
    assertThat(new LocalBranch(repository).advance("main", head, commit, FILES)).isTrue();

    assertThat(git.text("status", "--porcelain")).isEqualTo(before);
    assertThat(git.text("rev-parse", "HEAD").strip()).isEqualTo(commit);
    assertThat(git.text("diff-tree", "-r", "--name-status", "HEAD^", "HEAD"))
        .isEqualTo("A\tdatalake/ledger.jsonl\nA\tdatalake/workflows/optr/intent.json\n");
    assertThat(git.text("fsck", "--strict")).isEmpty();
    assertThat(user.directory().resolve("both")).hasContent("3");
    assertThat(passed)
        .contains("wrote commit " + commit, "moved refs/heads/main", "wrote the index")
        .anyMatch(what -> what.endsWith("datalake/ledger.jsonl"));
  }

  @Test
  void changesNothingWhereTheBranchIsNotWhereItWasExpected() {
    String commit = commit(user.head());
    String moved = user.commit("second", Map.of("b", "b"));
    String parent = repository.parents(moved).getFirst();
    assertThat(new LocalBranch(repository).advance("main", parent, commit, FILES)).isFalse();
    assertThat(user.head()).isEqualTo(moved);
    assertThat(user.directory().resolve("datalake")).doesNotExist();
    assertThat(user.uncommitted()).isEmpty();
  }

  @Test
  void writesThroughNoSymbolicLink() throws IOException {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createSymbolicLink(user.directory().resolve("datalake"), outside);
    String head = user.head();
    String commit = commit(head);
    assertThatThrownBy(() -> new LocalBranch(repository).advance("main", head, commit, FILES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not a directory");
    assertThat(outside).isEmptyDirectory();
    assertThat(user.head()).isEqualTo(head);
  }

  @Test
  void waitsForNobodyWhoHoldsTheIndex() throws IOException {
    String head = user.head();
    String commit = commit(head);
    Files.createFile(user.directory().resolve(".git/index.lock"));
    assertThatThrownBy(() -> new LocalBranch(repository).advance("main", head, commit, FILES))
        .isInstanceOfSatisfying(
            ServiceException.class, thrown -> assertThat(thrown.worthRetrying()).isTrue());
    assertThat(user.head()).isEqualTo(head);
  }

  @Test
  void takesOverTheLockOfAnAdvanceThatWasKilled() throws IOException {
    String head = user.head();
    String commit = commit(head);
    Path lock = user.directory().resolve(".git/index.lock");
    Path note = user.directory().resolve(".git/optr/index-lock");
    Path saved = directory.resolve("saved");
    IndexLock ofTheDead = IndexLock.take(repository);
    Files.copy(note, saved);
    Files.move(lock, directory.resolve("lock"));
    ofTheDead.close();
    Files.move(directory.resolve("lock"), lock);
    Files.move(saved, note);

    assertThat(new LocalBranch(repository).advance("main", head, commit, FILES)).isTrue();

    assertThat(user.uncommitted()).isEmpty();
    assertThat(lock).doesNotExist();
    assertThat(note).doesNotExist();
  }

  @Test
  void leavesALockThatIsNotTheNotedOne() throws IOException {
    String head = user.head();
    String commit = commit(head);
    Path lock = Files.createFile(user.directory().resolve(".git/index.lock"));
    Files.createDirectories(user.directory().resolve(".git/optr"));
    Files.writeString(user.directory().resolve(".git/optr/index-lock"), "(dev=1,inode=1) 2026");
    assertThatThrownBy(() -> new LocalBranch(repository).advance("main", head, commit, FILES))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("delete " + lock);
    assertThat(lock).exists();
  }

  @Test
  void refusesABranchThatIsNotCheckedOut() {
    String head = user.head();
    user.branch("other");
    assertThatThrownBy(() -> new LocalBranch(repository).advance("main", head, head, FILES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("HEAD is not on branch 'main'");
  }

  @Test
  void refusesAMergeUnderWay() throws IOException {
    String head = user.head();
    Files.writeString(user.directory().resolve(".git/MERGE_HEAD"), head + "\n");
    assertThatThrownBy(() -> new LocalBranch(repository).advance("main", head, head, FILES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("finish or abort it");
  }

  private String commit(String parent) {
    return AnchorCommit.build(
        repository, parent, FILES, "Anchor\n", "optr", "optr@localhost", WHEN, Optional.empty());
  }
}
