package dev.optr.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitBundlesTest {
  private static final String ROW = "refs/optr/rows/claude";

  @TempDir private Path directory;
  private TempRepo repo;
  private GitRepository repository;
  private TreeStore trees;
  private String commit;

  @BeforeEach
  void open() {
    repo = TempRepo.create(directory.resolve("repo"));
    String first = repo.commit("first", Map.of("old.txt", "old\n"));
    commit =
        repo.commit(
            "second",
            Map.of(
                "a/b/deep.txt", "deep\n",
                "a/other.txt", "other\n",
                "top.txt", "top\n",
                "datalake/ledger.jsonl", "{}\n"));
    assertThat(first).isNotEqualTo(commit);
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("store"));
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
    repo.close();
  }

  @Test
  void isTakenByGitInAShallowClone() throws IOException {
    String large = "0123456789".repeat(20_000);
    String tree =
        tree(
            new Edit.Rewrite("a/b/deep.txt", large, true),
            new Edit.Create("empty.txt", "", false),
            new Edit.Create("exact.txt", "x".repeat(0xffff), false),
            new Edit.Delete("top.txt"));
    Files.write(directory.resolve("rows.bundle"), bundle(refs(tree)).toArray());
    RealGit.in(directory).text("clone", "-q", "--depth=1", "file://" + repo.directory(), "clone");
    RealGit clone = RealGit.in(directory.resolve("clone"));

    assertThat(clone.text("bundle", "verify", "../rows.bundle")).contains(ROW).contains(commit);
    clone.text("fetch", "-q", "../rows.bundle", ROW);

    assertThat(clone.text("rev-parse", "FETCH_HEAD^{tree}").strip()).isEqualTo(tree);
    assertThat(clone.text("rev-parse", "FETCH_HEAD^").strip()).isEqualTo(commit);
    assertThat(clone.text("show", "FETCH_HEAD:a/b/deep.txt")).isEqualTo(large);
    assertThat(clone.text("fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(clone.text("ls-tree", "-r", "--name-only", "FETCH_HEAD").lines())
        .containsExactly("a/b/deep.txt", "a/other.txt", "empty.txt", "exact.txt", "old.txt");
  }

  @Test
  void isThinAndTheSameEveryTime() {
    SortedMap<String, String> refs = refs(tree(new Edit.Rewrite("top.txt", "new\n", null)));

    Bytes bundle = bundle(refs);

    // The commit, the root and the one file.
    byte[] pack = bundle.toArray();
    int start = new String(pack, ISO_8859_1).indexOf("PACK");
    assertThat(pack[start + 11]).isEqualTo((byte) 3);
    assertThat(bundle(refs)).isEqualTo(bundle);
    try (TreeStore other = TreeStore.open(repository, directory.resolve("other"))) {
      FrozenTree frozen = repository.frozenTree(commit);
      TreeResult again = other.apply(frozen, List.of(new Edit.Rewrite("top.txt", "new\n", null)));
      assertThat(again).isInstanceOf(TreeResult.Applied.class);
      String tree = ((TreeResult.Applied) again).tree();
      String made = other.commitBundles().commit(commit, tree, "row\n");
      SortedMap<String, String> same = new TreeMap<>();
      same.put(ROW, made);
      assertThat(other.commitBundles().write(commit, same)).isEqualTo(bundle);
    }
  }

  @Test
  void isReadIntoAStoreOfAnotherClone() throws IOException {
    String tree = tree(new Edit.Rewrite("a/b/deep.txt", "new\n", null));
    Bytes bundle = bundle(refs(tree));
    RealGit.in(directory).text("clone", "-q", "--depth=1", "file://" + repo.directory(), "clone");
    List<String> before = files(directory.resolve("clone"));

    try (GitRepository clone = GitRepository.open(directory.resolve("clone"), Checkpoint.NONE);
        TreeStore store = TreeStore.open(clone, directory.resolve("clones"))) {
      CommitBundles.Result result = store.commitBundles().read(bundle, commit);

      assertThat(result)
          .isInstanceOfSatisfying(
              CommitBundles.Result.Read.class,
              read -> {
                assertThat(read.tips().keySet()).containsExactly(ROW);
                assertThat(read.tips().get(ROW))
                    .extracting(CommitBundles.Tip::tree)
                    .isEqualTo(tree);
              });
      try (CandidateDirectory written = store.materialize(tree)) {
        assertThat(written.path().resolve("a/b/deep.txt")).hasContent("new");
        assertThat(written.path().resolve("a/other.txt")).hasContent("other");
      }
    }
    assertThat(files(directory.resolve("clone"))).isEqualTo(before);
  }

  @Test
  void refusesWhatItDoesNotWrite() {
    SortedMap<String, String> refs = refs(tree(new Edit.Rewrite("top.txt", "new\n", null)));
    byte[] good = bundle(refs).toArray();
    String text = new String(good, ISO_8859_1);
    String start = "it does not begin as a git bundle of this program does";
    assertRefused(new byte[0], start);
    assertRefused("PACK".getBytes(UTF_8), start);
    assertRefused(latin(text.replace("# v2", "# v3")), start);
    assertRefused(latin(text.replace("refs/optr", "\nrefs/optr")), start);
    assertRefused(latin(text.replace("-" + commit, "-" + commit.toUpperCase(Locale.ROOT))), start);
    String ref = refs.get(ROW) + " " + ROW + "\n";
    assertRefused(latin(text.replace(ref, ref + ref)), start);
    assertRefused(latin(text.replace(ref, "")), start);
    assertRefused(latin(text.replace(commit, "b".repeat(40))), "it is upon the commit bbbb");
    assertRefused(latin(text + "x"), "its pack cannot be read: ");
    assertRefused(Arrays.copyOf(good, good.length - 1), "its pack cannot be read: ");
    assertRefused(Arrays.copyOf(good, text.indexOf("PACK")), "its pack cannot be read: ");
    assertRefused(
        latin(text.replace(ref, "c".repeat(40) + " " + ROW + "\n")), "an object is missing");
  }

  @Test
  void refusesAPackThatLacksAnObject() throws IOException {
    Bytes whole = bundle(refs(tree(new Edit.Create("new.txt", "only here\n", false))));
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    Files.write(scratch.resolve("rows.bundle"), whole.toArray());
    RealGit git = RealGit.in(scratch);
    git.text("init", "-q");
    git.text("fetch", "-q", "--depth=1", "file://" + repo.directory(), "main");
    git.text("fetch", "-q", "rows.bundle", ROW);
    String row = git.text("rev-parse", "FETCH_HEAD").strip();
    String root = git.text("rev-parse", "FETCH_HEAD^{tree}").strip();
    byte[] pack =
        git.bytesFrom((row + "\n" + root + "\n").getBytes(UTF_8), "pack-objects", "--stdout", "-q");
    String head = new String(whole.toArray(), ISO_8859_1).split("PACK", 2)[0];

    try (TreeStore fresh = TreeStore.open(repository, directory.resolve("fresh"))) {
      byte[] bytes = latin(head + new String(pack, ISO_8859_1));
      assertThat(fresh.commitBundles().read(Bytes.of(bytes), commit))
          .isInstanceOfSatisfying(
              CommitBundles.Result.Refused.class,
              refused -> assertThat(refused.problem()).startsWith("it lacks the object "));
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private void assertRefused(byte[] bundle, String problem) {
    try (TreeStore fresh = TreeStore.open(repository, directory.resolve("fresh"))) {
      assertThat(fresh.commitBundles().read(Bytes.of(bundle), commit))
          .isInstanceOfSatisfying(
              CommitBundles.Result.Refused.class,
              refused -> assertThat(refused.problem()).startsWith(problem));
    }
  }

  private Bytes bundle(SortedMap<String, String> refs) {
    return trees.commitBundles().write(commit, refs);
  }

  private SortedMap<String, String> refs(String tree) {
    SortedMap<String, String> refs = new TreeMap<>();
    refs.put(ROW, trees.commitBundles().commit(commit, tree, "row\n"));
    return refs;
  }

  private String tree(Edit... edits) {
    return switch (trees.apply(repository.frozenTree(commit), List.of(edits))) {
      case TreeResult.Applied(String tree, _) -> tree;
      case TreeResult.Rejected(List<String> errors) -> throw new AssertionError(errors);
    };
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
