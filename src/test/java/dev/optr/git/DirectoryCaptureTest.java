package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.optr.base.DirectoryRemoval;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectoryCaptureTest {
  @TempDir Path directory;
  private TempRepo source;
  private GitRepository repository;
  private TreeStore store;
  private FrozenTree frozen;
  private FrozenTree shown;
  private CandidateDirectory candidate;
  private Path root;

  @BeforeEach
  void opens() throws IOException {
    source = TempRepo.create(directory.resolve("repository"));
    Path links = source.directory();
    Files.createSymbolicLink(links.resolve("inside"), Path.of("a.txt"));
    Files.createSymbolicLink(links.resolve("outside"), Path.of("/etc/passwd"));
    source.stage("inside");
    source.stage("outside");
    source.commit(
        "first",
        Map.of(
            "a.txt", "one\r\ntwo\n",
            "src/b.txt", "b",
            "src/deep/c.txt", "c",
            "kept/tracked.log", "tracked",
            "secrets/key.pem", "hidden",
            "src/hidden.pem", "hidden too",
            "datalake/ledger.jsonl", "{}\n"));
    source.commit("ignored from now on", Map.of(".gitignore", "*.log\nbuild/\n"));
    repository = source.repository();
    store = TreeStore.open(repository, directory.resolve("tmp"));
    frozen = repository.frozenTree(source.head());
    shown = frozen.showing(path -> !path.endsWith(".pem"));
    candidate = store.materialize(shown);
    root = candidate.path();
  }

  @AfterEach
  void closes() {
    candidate.close();
    store.close();
    repository.close();
    source.close();
  }

  @Test
  void writesWhatIsShownAndNothingElse() {
    assertThat(root.resolve("src/b.txt")).exists();
    assertThat(root.resolve("src/hidden.pem")).doesNotExist();
    assertThat(root.resolve("secrets")).doesNotExist();
    assertThat(root.resolve("datalake")).doesNotExist();
  }

  @Test
  void leavesNoTraceOfWhatIsHiddenInTheDirectorysOwnRepository() {
    assumeThat(RealGit.isPresent()).isTrue();
    RealGit git = RealGit.in(root);
    assertThat(git.text("ls-files")).doesNotContain("pem").contains("src/b.txt");
    assertThat(git.text("cat-file", "--batch-all-objects", "--batch"))
        .doesNotContain("hidden")
        .contains("one");
  }

  @Test
  void givesTheFrozenTreeWhereNothingWasDone() throws Exception {
    assertThat(store.capture(shown, root))
        .isEqualTo(new TreeResult.Applied(frozen.tree(), List.of()));
  }

  @Test
  void givesWhatWasWrittenChangedMovedAndDeletedAndKeepsWhatIsHidden() throws Exception {
    write("a.txt", "one\ntwo\n");
    executable(root.resolve("src/b.txt"));
    Files.delete(root.resolve("src/deep/c.txt"));
    write("new/d.bin", "");
    Files.write(root.resolve("new/d.bin"), new byte[] {0, (byte) 0xC3});
    write("caf\u00e9.txt", "\u20ac");
    TreeResult.Applied captured = captured();
    assertThat(captured.changes())
        .extracting(Change::path, Change::mode, Change::encoding, Change::content)
        .containsExactly(
            tuple("a.txt", "100644", "utf-8", "one\ntwo\n"),
            tuple("caf\u00e9.txt", "100644", "utf-8", "\u20ac"),
            tuple("new/d.bin", "100644", "base64", "AMM="),
            tuple("src/b.txt", "100755", "utf-8", "b"),
            tuple("src/deep/c.txt", null, null, null));
    assertThat(store.rebuild(frozen, captured.changes())).isEqualTo(captured);
    assertThat(store.diff(frozen.tree(), captured.tree()).files()).hasSize(5);
    try (CandidateDirectory whole = store.materialize(captured.tree())) {
      assertThat(whole.path().resolve("secrets/key.pem")).hasContent("hidden");
    }
  }

  @Test
  void leavesOutWhatIsIgnoredButNotWhatWasThere() throws Exception {
    write("build/out.o", "x");
    Files.createSymbolicLink(root.resolve("build/link"), Path.of("/"));
    Files.createDirectories(root.resolve("build/nested/.git"));
    write("x.log", "x");
    write("kept/other.log", "x");
    write("kept/tracked.log", "changed");
    assertThat(captured().changes()).extracting(Change::path).containsExactly("kept/tracked.log");
  }

  @Test
  void seesFilesThatWereThereInADirectoryThatIsIgnoredNow() throws Exception {
    write(".gitignore", "src/\n");
    write("src/b.txt", "changed");
    write("src/new.txt", "new");
    Files.delete(root.resolve("src/deep/c.txt"));
    assertThat(captured().changes())
        .extracting(Change::path)
        .containsExactly(".gitignore", "src/b.txt", "src/deep/c.txt");
  }

  @Test
  void letsInnerRulesOverrideOuterOnes() throws Exception {
    write("sub/.gitignore", "!*.log\nlocal\n");
    write("sub/x.log", "x");
    write("sub/local", "x");
    write("local", "x");
    assertThat(captured().changes())
        .extracting(Change::path)
        .containsExactly("local", "sub/.gitignore", "sub/x.log");
  }

  @Test
  void doesNotCareWhatWasDoneToTheDirectorysOwnRepository() throws Exception {
    write(".git/info/exclude", "*\n");
    write(".git/config", "[core]\n\texcludesFile = /x\n[filter \"a\"]\n\tclean = touch /tmp/no\n");
    write(".gitattributes", "* text eol=crlf filter=a\n");
    write("new.txt", "a\nb\n");
    assertThat(captured().changes())
        .extracting(Change::path, Change::content)
        .contains(tuple("new.txt", "a\nb\n"));
    DirectoryRemoval.remove(root.resolve(".git"));
    assertThat(captured().changes()).hasSize(2);
  }

  @Test
  void agreesWithTheStatusOfGit() throws Exception {
    assumeThat(RealGit.isPresent()).isTrue();
    write("build/x", "x");
    write("sub/build", "a file of that name");
    write("sub/.gitignore", "/only-here\n!keep.log\n");
    write("sub/only-here", "x");
    write("sub/keep.log", "x");
    write("a.txt", "changed");
    Files.delete(root.resolve("src/b.txt"));
    String status =
        RealGit.in(root).text("status", "--porcelain", "--untracked-files=all", "--no-renames");
    // The link that leads outside was written as a file: git takes that for a change.
    List<String> paths =
        status.lines().map(line -> line.substring(3)).filter(p -> !p.equals("outside")).toList();
    assertThat(captured().changes())
        .extracting(Change::path)
        .containsExactlyInAnyOrderElementsOf(paths);
  }

  @Test
  void givesATreeWhereAFileBecameADirectoryAndBack() throws Exception {
    Files.delete(root.resolve("a.txt"));
    write("a.txt/inner", "x");
    Files.delete(root.resolve("src/deep/c.txt"));
    Files.delete(root.resolve("src/deep"));
    write("src/deep", "a file now");
    assertThat(captured().changes())
        .extracting(Change::path, Change::mode)
        .containsExactly(
            tuple("a.txt", null),
            tuple("a.txt/inner", "100644"),
            tuple("src/deep", "100644"),
            tuple("src/deep/c.txt", null));
  }

  @Test
  void namesADatalakeSoThatEvidenceCanRefuseIt() throws Exception {
    write("datalake/x.json", "{}");
    assertThat(captured().changes()).extracting(Change::path).containsExactly("datalake/x.json");
  }

  @Test
  void refusesLinksAndSpecialFilesByName() throws Exception {
    Files.createSymbolicLink(root.resolve("link"), Path.of("a.txt"));
    Files.delete(root.resolve("src/b.txt"));
    Files.createSymbolicLink(root.resolve("src/b.txt"), Path.of("/etc/passwd"));
    Files.delete(root.resolve("inside"));
    Files.delete(root.resolve("outside"));
    write("outside", "another text");
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(rejected())
        .containsExactlyInAnyOrder(
            "link: it is a symbolic link, which is refused",
            "outside: it was no regular file, and no change may touch it",
            "pipe: it is neither a file nor a directory, which is refused",
            "src/b.txt: it is a symbolic link, which is refused");
  }

  @Test
  void refusesToRemoveALink() throws Exception {
    Files.delete(root.resolve("inside"));
    assertThat(rejected())
        .containsExactly("inside: it was no regular file, and no change may remove it");
  }

  @Test
  void readsNothingThroughALinkInPlaceOfADirectory() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere/deep"));
    Files.writeString(elsewhere.resolveSibling("b.txt"), "a secret of this machine");
    Files.delete(root.resolve("src/b.txt"));
    Files.delete(root.resolve("src/deep/c.txt"));
    Files.delete(root.resolve("src/deep"));
    Files.delete(root.resolve("src"));
    Files.createSymbolicLink(root.resolve("src"), elsewhere.getParent());
    assertThat(rejected()).containsExactly("src: it is a symbolic link, which is refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub/.git/config", "sub/.git", "sub/.GIT/x", "sub/git~1/x", "a\nb"})
  void refusesWhatNoEditMayWriteEither(String path) throws Exception {
    write(path, "x");
    assertThat(rejected()).singleElement().asString().contains("is refused");
  }

  @Test
  void refusesNamesThatDifferInCaseAlone() throws Exception {
    write("A.TXT", "x");
    assertThat(rejected()).singleElement().asString().contains("differs from it only in case");
  }

  @Test
  void refusesNamesThatAreNoText() throws Exception {
    Process touch =
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'x\\377y')\"")
            .directory(root.toFile())
            .start();
    assertThat(touch.waitFor()).isZero();
    assertThat(rejected()).singleElement().asString().contains("not well-formed text");
  }

  @Test
  void refusesAFileWhereAHiddenOneIs() throws Exception {
    write("src/hidden.pem", "mine");
    assertThat(rejected()).containsExactly("src/hidden.pem: it exists already, and was not shown");
  }

  @Test
  void refusesWhatIsTooLargeWithoutReadingIt() throws Exception {
    try (java.io.RandomAccessFile sparse =
        new java.io.RandomAccessFile(root.resolve("huge").toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThat(rejected())
        .containsExactly(
            "huge: with it the proposal has 1099511627776 bytes of files; at most 4194304");
  }

  @Test
  void refusesTooManyNewFilesAndNamesOnlySome() throws Exception {
    Path many = Files.createDirectory(root.resolve("many"));
    for (int i = 0; i < 10_100; i++) {
      Files.createFile(many.resolve("f" + i));
    }
    assertThat(rejected()).hasSize(50).allMatch(line -> line.contains("more than 10000 new"));
  }

  @Test
  void refusesDirectoriesDeeperThanAPathMayBeLong() throws Exception {
    String name = "n".repeat(200);
    Path chain = Files.createDirectory(root.resolve("chain"));
    Files.writeString(chain.resolve("file"), "x");
    for (int level = 0; level < 60; level++) {
      Path outer = Files.createDirectory(root.resolve("outer"));
      Files.move(chain, outer.resolve(name));
      Files.move(outer, chain);
    }
    assertThat(rejected()).singleElement().asString().startsWith("chain/nnn");
  }

  @Test
  void stopsWhenItIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> store.capture(shown, root)).isInstanceOf(InterruptedException.class);
  }

  private TreeResult.Applied captured() throws InterruptedException {
    TreeResult result = store.capture(shown, root);
    assertThat(result).isInstanceOf(TreeResult.Applied.class);
    return (TreeResult.Applied) result;
  }

  private List<String> rejected() throws InterruptedException {
    TreeResult result = store.capture(shown, root);
    assertThat(result).isInstanceOf(TreeResult.Rejected.class);
    return ((TreeResult.Rejected) result).errors();
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, text.getBytes(UTF_8));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
