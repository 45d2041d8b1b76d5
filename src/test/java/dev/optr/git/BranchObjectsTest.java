package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.testing.GitServer;
import dev.optr.testing.TempRepo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BranchObjectsTest {
  private static final Secret TOKEN = Secret.of("github_pat_TheTokenOfThisTest");

  @TempDir Path directory;

  private TempRepo clone;

  private GitRepository repository;

  private TreeStore trees;

  private String first = "";

  @BeforeEach
  void open() {
    clone = TempRepo.create(directory.resolve("clone"));
    first = clone.commit("first", Map.of("a.txt", "one\n", "src/b.txt", "b\n"));
    repository = clone.repository();
    trees = TreeStore.open(repository, directory.resolve("tmp"));
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
    clone.close();
  }

  @Test
  void makesATreeOfItsFilesAndKnowsWhichContentsItLacks() {
    BranchObjects objects = trees.branchObjects();
    FrozenTree frozen = repository.frozenTree(first);

    assertThat(objects.tree(frozen.files())).contains(objects.treeOf(first));
    assertThat(objects.missing(frozen.files())).isEmpty();

    String lacking = "1".repeat(40);
    List<FrozenTree.File> more =
        List.of(
            new FrozenTree.File("x", "100644", lacking),
            new FrozenTree.File("y", "100755", lacking),
            new FrozenTree.File("module", "160000", "2".repeat(40)));
    assertThat(objects.missing(more)).containsExactly(lacking);
  }

  @Test
  void storesContentOutsideOfTheRepository() {
    BranchObjects objects = trees.branchObjects();
    String blob = objects.blob("new\n".getBytes(UTF_8));
    String tree = objects.tree(List.of(new FrozenTree.File("n.txt", "100644", blob))).orElseThrow();

    assertThat(trees.changes(objects.treeOf(first), tree))
        .isInstanceOfSatisfying(
            TreeResult.Applied.class,
            applied ->
                assertThat(applied.changes())
                    .extracting(Change::path)
                    .containsExactly("a.txt", "n.txt", "src/b.txt"));
    assertThatThrownBy(() -> repository.blob(blob)).isInstanceOf(AbsentObjectException.class);
  }

  @Test
  void makesNoTreeOfHostilePaths() {
    BranchObjects objects = trees.branchObjects();
    for (String path : List.of("../x", "/x", "a//b", ".git/config", "", "a/../b")) {
      assertThat(objects.tree(List.of(new FrozenTree.File(path, "100644", "1".repeat(40)))))
          .describedAs(path)
          .isEmpty();
    }
    FrozenTree.File twice = new FrozenTree.File("x", "100644", "1".repeat(40));
    assertThat(objects.tree(List.of(twice, twice))).isEmpty();
  }

  @Test
  void fetchesABranchWithoutTouchingTheRepository() throws Exception {
    clone.branch("work");
    String tip = clone.commit("second", Map.of("a.txt", "two\n"));
    try (GitServer server = GitServer.withPassword(directory.resolve("srv"), TOKEN.reveal());
        GitRepository hosted = server.create("octo/app")) {
      hosted.fetch(
          Network.direct(),
          clone.directory().toUri(),
          Optional.empty(),
          List.of("refs/heads/work:refs/heads/work"));
      try (TempRepo fresh = TempRepo.create(directory.resolve("fresh"));
          GitRepository plain = fresh.repository();
          TreeStore store = TreeStore.open(plain, directory.resolve("tmp2"))) {
        String other = fresh.commit("elsewhere", Map.of("z.txt", "z\n"));
        List<Path> before = files(directory.resolve("fresh/.git"));

        BranchObjects objects = store.branchObjects();
        assertThat(
                objects.fetch(Network.direct(), server.url("octo/app"), Optional.of(TOKEN), "work"))
            .isEqualTo(tip);

        assertThat(objects.descends(tip, first)).isTrue();
        assertThat(objects.descends(tip, tip)).isTrue();
        assertThat(objects.descends(tip, other)).isFalse();
        assertThat(store.changes(objects.treeOf(first), objects.treeOf(tip)))
            .isInstanceOf(TreeResult.Applied.class);
        assertThat(files(directory.resolve("fresh/.git"))).isEqualTo(before);
      }
    }
  }

  @Test
  void asksOnlyForWhatTheCloneLacks() {
    clone.branch("work");
    String tip = clone.commit("second", Map.of("a.txt", "two\n"));
    clone.checkout("main");
    try (GitServer server = GitServer.open(directory.resolve("srv"));
        GitRepository hosted = server.create("octo/app")) {
      hosted.fetch(
          Network.direct(),
          clone.directory().toUri(),
          Optional.empty(),
          List.of("refs/heads/work:refs/heads/work"));
      assertThat(
              trees
                  .branchObjects()
                  .fetch(Network.direct(), server.url("octo/app"), Optional.empty(), "work"))
          .isEqualTo(tip);
      assertThat(trees.branchObjects().descends(tip, first)).isTrue();
    }
  }

  @Test
  void saysThatTheBranchIsNotThereWithoutShowingTheToken() {
    try (GitServer server = GitServer.withPassword(directory.resolve("srv"), TOKEN.reveal())) {
      server.create("octo/app").close();
      assertThatThrownBy(
              () ->
                  trees
                      .branchObjects()
                      .fetch(
                          Network.direct(), server.url("octo/app"), Optional.of(TOKEN), "absent"))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("could not fetch from")
          .message()
          .doesNotContain(TOKEN.reveal());
    }
  }

  @Test
  void knowsTheUrlOfARemoteByItsName() throws Exception {
    assertThat(repository.remoteUrl("origin")).isEmpty();
    Path config = repository.gitDirectory().resolve("config");
    Files.writeString(
        config,
        Files.readString(config) + "[remote \"origin\"]\n\turl = git@github.com:octo/app.git\n");
    try (GitRepository again = GitRepository.open(clone.directory(), Checkpoint.NONE)) {
      assertThat(again.remoteUrl("origin")).contains("git@github.com:octo/app.git");
    }
  }

  private static List<Path> files(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
