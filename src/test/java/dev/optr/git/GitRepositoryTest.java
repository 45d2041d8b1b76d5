package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.UserException;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitRepositoryTest {
  @TempDir Path directory;
  private TempRepo user;
  private GitRepository repository;

  @BeforeEach
  void opens() {
    user = TempRepo.create(directory.resolve("repository"));
    user.commit("first\n\nbody\n", Map.of("a", "a", "src/b", "b", "datalake/ledger.d/x", "x"));
    repository = GitRepository.open(user.directory(), Checkpoint.NONE);
  }

  @AfterEach
  void closes() {
    repository.close();
    user.close();
  }

  @Test
  void readsCommits() {
    String head = user.head();
    assertThat(repository.resolve("HEAD")).contains(head);
    assertThat(repository.resolve("main~0")).contains(head);
    assertThat(repository.resolve("nothing")).isEmpty();
    assertThat(repository.resolve("0123456789012345678901234567890123456789")).isEmpty();
    assertThat(repository.resolve("HEAD^{bad")).isEmpty();
    assertThat(repository.currentBranch()).contains("main");
    assertThat(repository.message(head)).isEqualTo("first\n\nbody\n");
    assertThat(repository.file(head, "datalake/ledger.d/x")).contains(Bytes.utf8("x"));
    assertThat(repository.file(head, "datalake")).isEmpty();
    assertThat(repository.file(head, "a/b")).isEmpty();
    assertThat(repository.files(head, "datalake/ledger.d"))
        .extracting(FrozenTree.File::path)
        .containsExactly("datalake/ledger.d/x");
    assertThat(repository.files(head, "missing")).isEmpty();
    assertThat(repository.workTree()).contains(user.directory());
    assertThat(repository.isShallow()).isFalse();
  }

  @Test
  void leavesDatalakeOutOfTheFrozenTree() {
    FrozenTree frozen = repository.frozenTree(user.head());
    assertThat(frozen.files()).extracting(FrozenTree.File::path).containsExactly("a", "src/b");
    String other = user.commit("more", Map.of("datalake/y", "y"));
    assertThat(repository.treeWithoutDatalake(other)).isEqualTo(frozen.tree());
    user.delete("none", "datalake");
    assumeThat(RealGit.isPresent()).isTrue();
    assertThat(RealGit.in(user.directory()).text("rev-parse", "HEAD^{tree}").strip())
        .isEqualTo(frozen.tree());
  }

  @Test
  void opensLinkedWorkTreesAndDirectoriesInside() {
    assumeThat(RealGit.isPresent()).isTrue();
    Path linked = directory.resolve("linked");
    RealGit.in(user.directory())
        .text("worktree", "add", "-q", "-b", "side", linked.toString(), "HEAD");
    try (GitRepository side = GitRepository.open(linked, Checkpoint.NONE);
        TreeStore store = TreeStore.open(side, directory.resolve("tmp"))) {
      assertThat(side.currentBranch()).contains("side");
      assertThat(side.resolve("HEAD")).contains(user.head());
      assertThat(
              store
                  .diff(side.frozenTree(user.head()).tree(), side.frozenTree(user.head()).tree())
                  .files())
          .isEmpty();
      assertThat(side.isDirty()).isFalse();
    }
    try (GitRepository inside =
        GitRepository.open(user.directory().resolve("src"), Checkpoint.NONE)) {
      assertThat(inside.workTree()).contains(user.directory());
    }
    assertThatThrownBy(() -> GitRepository.open(directory, Checkpoint.NONE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not in a git repository");
  }

  @Test
  void knowsADirtyWorkTree() throws IOException {
    assertThat(repository.isDirty()).isFalse();
    user.write("untracked", "x");
    assertThat(repository.isDirty()).isFalse();
    user.write("a", "b");
    assertThat(repository.isDirty()).isTrue();
    user.write("a", "a");
    assertThat(repository.isDirty()).isFalse();
    user.stage("untracked");
    assertThat(repository.isDirty()).isTrue();
    user.commitStaged("second");
    Files.delete(user.directory().resolve("src/b"));
    assertThat(repository.isDirty()).isTrue();
  }

  @Test
  void runsNoFilterThatTheConfigNames() throws IOException {
    Path ran = directory.resolve("ran");
    Files.writeString(
        user.directory().resolve(".git/config"),
        """
        [core]
          repositoryformatversion = 0
          autocrlf = true
        [filter "evil"]
          clean = touch %1$s
          smudge = touch %1$s
        """
            .formatted(ran));
    user.write(".gitattributes", "* filter=evil\n");
    user.write("a", "z");
    try (GitRepository hostile = GitRepository.open(user.directory(), Checkpoint.NONE);
        TreeStore store = TreeStore.open(hostile, directory.resolve("tmp"));
        CandidateDirectory candidate = store.materialize(hostile.frozenTree(user.head()).tree())) {
      assertThat(hostile.isDirty()).isTrue();
      assertThat(candidate.path().resolve("a")).hasContent("a");
    }
    assertThat(ran).doesNotExist();
  }

  @Test
  void movesABranchOnlyFromWhereItIsExpected() {
    String first = user.head();
    String second = user.commit("second", Map.of("a", "2"));
    String third = user.commit("third", Map.of("a", "3"));
    assertThat(repository.createBranch("side/x", first)).isTrue();
    assertThat(repository.moveBranch("side/x", second, third)).isFalse();
    assertThat(repository.moveBranch("side/x", first, third)).isTrue();
    assertThat(repository.resolve("side/x")).contains(third);
    assertThat(repository.isAncestor(first, third)).isTrue();
    assertThat(repository.isAncestor(third, first)).isFalse();
    assertThatThrownBy(() -> repository.createBranch("../x", third))
        .isInstanceOf(UserException.class);
  }

  @Test
  void findsTheCommitsThatTouchedAPath() {
    String first = user.head();
    user.commit("elsewhere", Map.of("a", "2"));
    user.branch("side");
    String onSide = user.commit("side", Map.of("datalake/ledger.d/y", "y"));
    user.checkout("main");
    user.commit("elsewhere again", Map.of("a", "3"));
    String clean = user.merge("takes one side", "side");
    user.checkout("side");
    String sideAgain = user.commit("side", Map.of("datalake/ledger.d/y", "y2"));
    user.checkout("main");
    String onMain = user.commit("main", Map.of("datalake/ledger.d/z", "z"));
    String both = user.merge("joins both", "side");
    List<String> touching = repository.commitsTouching(both, "datalake/ledger.d");
    assertThat(touching)
        .containsExactlyInAnyOrder(both, onMain, sideAgain, onSide, first)
        .doesNotContain(clean)
        .startsWith(both)
        .endsWith(first);
    assertThat(repository.commitsTouching(both, "datalake/ledger.d/z")).containsExactly(onMain);
    assertThat(repository.commitsTouching(both, "never")).isEmpty();
  }

  @Test
  void refusesAnotherObjectFormat() {
    assumeThat(RealGit.isPresent()).isTrue();
    Path other = directory.resolve("sha256");
    RealGit.in(directory).text("init", "-q", "--object-format=sha256", other.toString());
    assertThatThrownBy(() -> GitRepository.open(other, Checkpoint.NONE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'sha256' is not supported");
  }

  @Test
  void knowsAShallowClone() {
    assumeThat(RealGit.isPresent()).isTrue();
    user.commit("second", Map.of("a", "2"));
    Path clone = directory.resolve("clone");
    RealGit.in(directory)
        .text("clone", "-q", "--depth=1", user.directory().toUri().toString(), clone.toString());
    try (GitRepository shallow = GitRepository.open(clone, Checkpoint.NONE)) {
      assertThat(shallow.isShallow()).isTrue();
      assertThat(shallow.parents(user.head())).hasSize(1);
    }
  }
}
