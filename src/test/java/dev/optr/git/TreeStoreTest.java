package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TreeStoreTest {
  @TempDir Path directory;
  private TempRepo source;
  private GitRepository repository;
  private TreeStore store;
  private FrozenTree frozen;

  @BeforeEach
  void opens() {
    source = TempRepo.create(directory.resolve("repository"));
    source.commit(
        "first",
        Map.of(
            "a.txt", "one\ntwo\nthree\ntwo\n",
            "crlf.txt", "one\r\ntwo\r\n",
            "src/Main.java", "class Main {\n  int x = 1;\n}",
            "datalake/ledger.jsonl", "{}\n"));
    repository = GitRepository.open(source.directory(), Checkpoint.NONE);
    store = TreeStore.open(repository, directory.resolve("tmp"));
    frozen = repository.frozenTree(source.head());
  }

  @AfterEach
  void closes() {
    store.close();
    repository.close();
    source.close();
  }

  @Test
  void appliesAllFiveEditsAndRecordsThemByPath() {
    TreeResult.Applied applied =
        applied(
            new Edit.Create("tool.sh", "#!/bin/sh\n", true),
            new Edit.Replace("a.txt", "three", "3"),
            new Edit.Rewrite("crlf.txt", "new\r\n", null),
            new Edit.Rename("src/Main.java", "src/App.java"),
            new Edit.Replace("src/App.java", "x = 1", "x = 2"));
    assertThat(applied.changes())
        .extracting(Change::path, Change::from, Change::mode, Change::content)
        .containsExactly(
            tuple("a.txt", null, "100644", "one\ntwo\n3\ntwo\n"),
            tuple("crlf.txt", null, "100644", "new\r\n"),
            tuple("src/App.java", "src/Main.java", "100644", "class Main {\n  int x = 2;\n}"),
            tuple("tool.sh", null, "100755", "#!/bin/sh\n"));
    assertThat(store.rebuild(frozen, applied.changes())).isEqualTo(applied);
  }

  @Test
  void leavesTheRepositoryWithoutNewObjects() {
    TreeResult.Applied applied = applied(new Edit.Create("new.txt", "new", false));
    assertThat(repository.resolve(applied.tree())).isEmpty();
    assertThat(directory.resolve("tmp")).isNotEmptyDirectory();
    store.close();
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void givesTheFrozenTreeWhereNothingChanges() {
    TreeResult.Applied applied =
        applied(
            new Edit.Rename("a.txt", "b.txt"),
            new Edit.Rename("b.txt", "a.txt"),
            new Edit.Create("x", "x", false),
            new Edit.Delete("x"));
    assertThat(applied.tree()).isEqualTo(frozen.tree());
    assertThat(applied.changes()).isEmpty();
    assertThat(store.diff(frozen.tree(), frozen.tree()).patch().size()).isZero();
  }

  @Test
  void namesEveryEditThatDoesNotApply() {
    assertThat(
            errors(
                new Edit.Create("a.txt", "", false),
                new Edit.Replace("a.txt", "two", "2"),
                new Edit.Replace("a.txt", "thre e", "3"),
                new Edit.Replace("crlf.txt", "one\ntwo", "x"),
                new Edit.Rewrite("missing.txt", "x", null),
                new Edit.Rename("a.txt", "crlf.txt"),
                new Edit.Create("a.txt/b", "x", false),
                new Edit.Create("src", "x", false),
                new Edit.Replace("a.txt", "", "x"),
                new Edit.Create("ok.txt", "\ud800", false)))
        .containsExactly(
            "a.txt: edit 1 (create): it exists already",
            "a.txt: edit 2 (replace): the search text was found 2 times (lines 2, 4); add lines"
                + " around it until it is found once",
            "a.txt: edit 3 (replace): the search text was not found; nearest is line 3: 'three'",
            "crlf.txt: edit 4 (replace): the search text was not found, but it would be with line"
                + " ends CRLF, as in the file",
            "missing.txt: edit 5 (rewrite): there is no such file",
            "a.txt: edit 6 (rename): to 'crlf.txt': it exists already",
            "a.txt/b: edit 7 (create): 'a.txt' in its path is not a directory",
            "src: edit 8 (create): it is a directory",
            "a.txt: edit 9 (replace): the search text is empty",
            "ok.txt: edit 10 (create): its text has a lone surrogate, which no file can hold");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "./x",
        "a//b",
        "a/",
        "a\\b",
        "x\u0000y",
        "x\ny",
        "x\u007fy",
        ".git/config",
        "sub/.git/hooks/post-commit",
        ".GIT/config",
        "git~1/config",
        "GIT~2/config",
        ".git./config",
        ".git /config",
        ".git . /config",
        ".g\u200cit/config",
        "\u200b.git/config",
        ".git::$INDEX_ALLOCATION/config",
        "CON",
        "sub/nul.txt",
        "com1",
        "LPT9.log",
        "a:b",
        "name.",
        "name ",
        "invisible\u200d",
        "A.txt",
        "SRC/x.txt",
        "src/MAIN.java"
      })
  void refusesHostilePaths(String path) {
    assertThat(errors(new Edit.Create(path, "x", false))).hasSize(1);
    assertThat(errors(new Edit.Rename("a.txt", path))).hasSize(path.equals("A.txt") ? 0 : 1);
    String blob = "c1b0730e0133447badcfd47fd144e254807b06e1";
    assertThat(store.rebuild(frozen, List.of(new Change(path, null, "100644", blob, "utf-8", "x"))))
        .isInstanceOf(TreeResult.Rejected.class);
  }

  @Test
  void keepsDatalakeOutUnlessTheEditsTouchIt() {
    assertThat(frozen.files()).extracting(FrozenTree.File::path).doesNotContain("datalake");
    assertThat(errors(new Edit.Delete("datalake/ledger.jsonl"))).hasSize(1);
    TreeResult.Applied applied = applied(new Edit.Create("DataLake/x", "x", false));
    assertThat(store.diff(frozen.tree(), applied.tree()).files())
        .extracting(TreeDiff.File::path)
        .containsExactly("DataLake/x");
    applied = applied(new Edit.Create("datalake/ledger.jsonl", "forged", false));
    assertThat(applied.changes()).extracting(Change::path).containsExactly("datalake/ledger.jsonl");
    assertThat(store.rebuild(frozen, applied.changes())).isEqualTo(applied);
  }

  @Test
  void refusesEditsOfLinksAndSubmodulesAndThroughThem() throws IOException {
    Files.createSymbolicLink(source.directory().resolve("link"), Path.of("src"));
    source.stage("link");
    source.commitStaged("link");
    frozen = repository.frozenTree(source.head());
    assertThat(
            errors(
                new Edit.Delete("link"),
                new Edit.Rewrite("link", "/etc", null),
                new Edit.Rename("link", "other"),
                new Edit.Create("link/x", "x", false)))
        .containsExactly(
            "link: edit 1 (delete): it is a symbolic link, which no edit may touch",
            "link: edit 2 (rewrite): it is a symbolic link, which no edit may touch",
            "link: edit 3 (rename): it is a symbolic link, which no edit may touch",
            "link/x: edit 4 (create): 'link' in its path is not a directory");
    Change deletion = new Change("link", null, null, null, null, null);
    assertThat(store.rebuild(frozen, List.of(deletion))).isInstanceOf(TreeResult.Rejected.class);
  }

  @Test
  void tellsNothingOfFilesThatTheAgentWasNotShown() {
    frozen = frozen.showing(path -> !path.equals("a.txt"));
    assertThat(errors(new Edit.Replace("a.txt", "thre", "x"), new Edit.Delete("a.txt")))
        .containsExactly(
            "a.txt: edit 1 (replace): there is no such file",
            "a.txt: edit 2 (delete): there is no such file");
    assertThat(errors(new Edit.Create("a.txt", "x", false))).hasSize(1);
  }

  @Test
  void refusesUnicodeTwinsOfExistingNames() {
    source.commit("composed", Map.of("caf\u00e9/x", "x", "stra\u00dfe", "x"));
    frozen = repository.frozenTree(source.head());
    assertThat(
            errors(
                new Edit.Create("cafe\u0301/y", "y", false),
                new Edit.Create("CAF\u00c9/y", "y", false),
                new Edit.Create("STRASSE", "y", false),
                new Edit.Create("twin", "1", false),
                new Edit.Create("Twin", "2", false)))
        .hasSize(4)
        .allMatch(error -> error.contains("only in case or Unicode form"));
  }

  @Test
  void keepsBytesAndModesAsTheyAre() {
    byte[] latin1 = {'a', (byte) 0xe9, '\r', '\n', 'b', 0, 'x'};
    source.commitBytes("bytes", Map.of("latin1", latin1));
    frozen = repository.frozenTree(source.head());
    TreeResult.Applied applied = applied(new Edit.Replace("latin1", "b", "c"));
    Change change = applied.changes().getFirst();
    assertThat(change.encoding()).isEqualTo("base64");
    byte[] expected = latin1.clone();
    expected[4] = 'c';
    assertThat(Base64.getDecoder().decode(change.content())).isEqualTo(expected);
    assertThat(store.rebuild(frozen, applied.changes())).isEqualTo(applied);
  }

  @Test
  void refusesProposalsOverFourMebibytes() {
    String half = "x".repeat(2 << 20);
    applied(new Edit.Create("a", half, false), new Edit.Create("b", half, false));
    assertThat(
            errors(
                new Edit.Create("a", half, false),
                new Edit.Create("b", half, false),
                new Edit.Create("c", "x", false)))
        .containsExactly("the proposal has 4194305 bytes of files; at most 4194304");
  }

  @Test
  void refusesRecordedChangesThatDoNotFit() {
    String blob = "c1b0730e0133447badcfd47fd144e254807b06e1";
    Change good = new Change("x", null, "100644", blob, "utf-8", "x");
    assertThat(store.rebuild(frozen, List.of(good))).isInstanceOf(TreeResult.Applied.class);
    for (Change bad :
        List.of(
            new Change("x", null, "120000", blob, "utf-8", "x"),
            new Change("x", null, "160000", blob, "utf-8", "x"),
            new Change("x", null, "100644", blob, "utf-8", "y"),
            new Change("x", null, "100644", blob, "base64", "!"),
            new Change("x", null, "100644", blob, "utf-16", "x"),
            new Change("x", null, "100644", blob, "utf-8", null),
            new Change("x", "missing", "100644", blob, "utf-8", "x"),
            new Change("missing", null, null, null, null, null),
            new Change("a.txt", null, null, blob, "utf-8", "x"),
            new Change("a.txt/x", null, "100644", blob, "utf-8", "x"))) {
      assertThat(store.rebuild(frozen, List.of(bad))).isInstanceOf(TreeResult.Rejected.class);
      assertThat(store.rebuild(frozen, List.of(good, good)))
          .isInstanceOf(TreeResult.Rejected.class);
    }
  }

  private static org.assertj.core.groups.Tuple tuple(
      @org.jspecify.annotations.Nullable Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private TreeResult.Applied applied(Edit... edits) {
    TreeResult result = store.apply(frozen, List.of(edits));
    assertThat(result).isInstanceOf(TreeResult.Applied.class);
    return (TreeResult.Applied) result;
  }

  private List<String> errors(Edit... edits) {
    return switch (store.apply(frozen, List.of(edits))) {
      case TreeResult.Applied _ -> List.of();
      case TreeResult.Rejected(List<String> errors) -> errors;
    };
  }
}
