package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
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
