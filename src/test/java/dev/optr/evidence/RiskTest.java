package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLake;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeDiff;
import dev.optr.git.TreeStore;
import dev.optr.testing.SampleAnswer;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.TempRepo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RiskTest {
  private static final String TEST =
      """
      class CartTest {
        @Test void adds() {
          assertEquals(1, cart.size());
          assertTrue(cart.isOpen());
        }
      }
      """;
  private static final String API =
      """
      public class Cart {
        public int size() {
          return 1;
        }

        int hidden() {
          return 2;
        }
      }
      """;

  @TempDir static Path directory;
  private static GitRepository repository;
  private static TreeStore trees;
  private static FrozenTree frozen;

  @BeforeAll
  static void commitFiles() {
    TempRepo repo = TempRepo.create(directory.resolve("repo"));
    String commit =
        repo.commit(
            "files",
            Map.of(
                "src/main/Cart.java",
                API,
                "src/test/CartTest.java",
                TEST,
                "lib.go",
                "package lib\n\nfunc Open(n int) {\n}\n\nfunc close() {\n}\n",
                "api.py",
                "def total(a):\n    return a\n\ndef _own(a):\n    return a\n",
                "api.ts",
                "export const a = 1;\nconst b = 2;\n",
                "long.txt",
                "line\n".repeat(300)));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(commit);
  }

  @AfterAll
  static void close() {
    trees.close();
    repository.close();
  }

  static Stream<Arguments> changes() {
    String java = "src/main/Cart.java";
    String test = "src/test/CartTest.java";
    return Stream.of(
        one("nothing to see", "", create("notes.md", "hello\n")),
        one("a source without tests", "no-tests", create("a.go", "package a\n")),
        one("a source with tests", "", create("a.go", "package a\n"), create("a_test.go", "x\n")),
        one("a test file deleted", "tests-removed assertions-removed", new Edit.Delete(test)),
        one("a test moved away", "tests-removed", new Edit.Rename(test, "old/Cart.txt")),
        one(
            "a test deleted in its file",
            "tests-removed assertions-removed",
            replace(test, "  @Test void adds() {\n    assertEquals(1, cart.size());\n", "  {\n")),
        one(
            "an assertion less",
            "assertions-removed",
            replace(test, "    assertTrue(cart.isOpen());\n", "")),
        one(
            "an assertion changed",
            "",
            replace(test, "assertTrue(cart.isOpen())", "assertFalse(cart.isClosed())")),
        one(
            "a test switched off",
            "tests-skipped",
            replace(test, "  @Test void", "  @Disabled @Test void")),
        one(
            "a public method renamed",
            "no-tests public-api",
            replace(java, "public int size()", "public int count()")),
        one(
            "a public method moved",
            "no-tests",
            replace(
                java,
                "  public int size() {\n    return 1;\n  }\n\n  int hidden() {\n    return 2;\n  }\n",
                "  int hidden() {\n    return 2;\n  }\n\n  public int size() {\n    return 1;\n  }\n")),
        one("a hidden method renamed", "no-tests", replace(java, "int hidden()", "int other()")),
        one(
            "an exported function of Go",
            "no-tests public-api",
            replace("lib.go", "func Open(n int)", "func Open(n, m int)")),
        one("a function of Go's own", "no-tests", replace("lib.go", "func close()", "func shut()")),
        one(
            "a function of Python",
            "no-tests public-api",
            replace("api.py", "def total(a)", "def total(a, b)")),
        one(
            "a function of Python's own",
            "no-tests",
            replace("api.py", "def _own(a)", "def _own(a, b)")),
        one(
            "an export of TypeScript",
            "no-tests public-api",
            replace("api.ts", "export const a = 1", "export const c = 1")),
        one("a manifest", "dependencies", create("package.json", "{}\n")),
        one(
            "a lock file",
            "dependencies lock-file",
            create("package.json", "{}\n"),
            create("package-lock.json", "{}\n")),
        one("a workflow of CI", "build-or-ci", create(".circleci/config.yml", "a: 1\n")),
        one("a Dockerfile", "build-or-ci", create("Dockerfile", "FROM x\n")),
        one("a migration", "migration", create("db/V2__drop.sql", "drop table a;\n")),
        one(
            "about logins",
            "no-tests security-code",
            create("src/LoginController.java", "class LoginController {}\n")),
        one("not about logins", "no-tests", create("src/Author.java", "class Author {}\n")),
        one("configuration", "configuration", create("conf/app.yaml", "a: 1\n")),
        one("a script", "executable script", new Edit.Create("go.sh", "ls\n", true)),
        one(
            "runs a program",
            "no-tests runs-code",
            create("a.py", "import subprocess\nsubprocess.run(x)\n")),
        one(
            "turned text",
            "hidden-characters no-tests",
            create("a.py", "access = 'user\u202e \u2066# admin'\n")),
        one("right-to-left letters", "no-tests", create("a.py", "name = '\u05d0\u05d1'\n")),
        one("generated", "generated", create("src/a_pb2.py", "x = 1\n")),
        one("binary", "binary", create("a.bin", "a\u0000b")),
        one("much deleted", "large-deletion", new Edit.Delete("long.txt")),
        one("large", "large-change", create("a.txt", "line\n".repeat(401))),
        one("huge", "large-change huge-change", create("a.txt", "line\n".repeat(1001))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void findsTheFeaturesOfAChange(String name, String features, List<Edit> edits) {
    assertThat(ids(risk(edits))).isEqualTo(features);
  }

  @Test
  void addsTheWeightsUp() {
    Risk risk = risk(List.of(create("package.json", "{}\n"), create("a.go", "package a\n")));
    assertThat(risk.score()).isEqualTo(15);
    assertThat(risk.features())
        .containsExactly(
            new Risk.Feature("no-tests", 5, List.of(), 0),
            new Risk.Feature("dependencies", 10, List.of("package.json"), 1));
  }

  @Test
  void isNeverAbove100() {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      edits.add(create("auth/migrations/" + i + ".sh", "eval(x)\u202e\n".repeat(100)));
    }
    edits.add(new Edit.Delete("src/test/CartTest.java"));
    edits.add(create("pom.xml", "x\n"));
    edits.add(create("Makefile", "x\n"));
    edits.add(create("a.bin", "\u0000"));
    assertThat(risk(edits).score()).isEqualTo(100);
  }

  @Test
  void namesTwentyFilesAtMost() {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      edits.add(create(i + ".sql", "select 1;\n"));
    }
    Risk.Feature migration = risk(edits).features().getFirst();
    assertThat(migration.files()).hasSize(20).startsWith("0.sql", "1.sql", "10.sql");
    assertThat(migration.fileCount()).isEqualTo(30);
  }

  @Test
  void hostileNamesAndLinesAreReadAsWhatTheyAre() {
    List<Edit> edits =
        List.of(
            create("b/diff --git a b/x.txt", "diff --git a/z.py b/z.py\n+++ b/z.py\n@@ -1 +1 @@\n"),
            create("\u00e4 \"x\".txt", "eval(1)\n"),
            create("z.md", "-- \n++ \n"));
    assertThat(ids(risk(edits))).isEmpty();
    assertThat(ids(risk(List.of(create("w.txt", "x\n"), create("\u00e4.py", "eval(x)\n")))))
        .isEqualTo("no-tests runs-code");
  }

  @Test
  void aMovedFileShowsNothingNew() {
    assertThat(ids(risk(List.of(new Edit.Rename("src/main/Cart.java", "src/main/x/Cart.java")))))
        .isEmpty();
  }

  @Test
  void everyFeatureHasItsRowOnThePage() throws Exception {
    String page = Files.readString(Path.of("docs/evidence.md"));
    assertThat(Risk.weights())
        .allSatisfy((id, weight) -> assertThat(page).contains("| `" + id + "` | " + weight + " |"));
  }

  @Test
  void readsTheSameDiffTheSameWay() {
    TreeDiff diff = diff(List.of(create("a.py", "eval(x)\n"), create("pom.xml", "x\n")));
    assertThat(Risk.of(diff)).isEqualTo(Risk.of(diff));
  }

  private static Arguments one(String name, String features, Edit... edits) {
    return Arguments.of(name, features, List.of(edits));
  }

  private static Edit create(String path, String content) {
    return new Edit.Create(path, content, false);
  }

  private static Edit replace(String path, String search, String replacement) {
    return new Edit.Replace(path, search, replacement);
  }

  private static String ids(Risk risk) {
    return String.join(" ", risk.features().stream().map(Risk.Feature::id).toList());
  }

  private static Risk risk(List<Edit> edits) {
    return Risk.of(diff(edits));
  }

  private static TreeDiff diff(List<Edit> edits) {
    Candidate candidate =
        new DataLake(trees, frozen, new Redactor(List.of()))
            .capture(
                SamplePolicy.lane("a", null), SampleAnswer.proposed(edits.toArray(Edit[]::new)));
    TreeDiff diff = candidate.diff();
    assertThat(diff).as(String.join("; ", candidate.problems())).isNotNull();
    return Objects.requireNonNull(diff);
  }
}
