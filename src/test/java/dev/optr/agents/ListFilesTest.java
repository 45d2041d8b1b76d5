package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.GeneratedTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListFilesTest {
  @TempDir Path directory;

  private GeneratedTree tree;

  @BeforeEach
  void begins() {
    tree = GeneratedTree.in(directory);
  }

  @AfterEach
  void closes() {
    tree.close();
  }

  private ToolCalls calls() {
    return ToolCalls.on(tree.freeze());
  }

  @Test
  void namesEveryFileAndMarksWhatIsNoPlainOne() {
    String blob = tree.blob("x".getBytes(StandardCharsets.UTF_8));
    tree.file("README.md", "").entry("run", "100755", blob).entry("link", "120000", blob);
    tree.entry("lib", "160000", "1".repeat(40)).file("src/A.java", "");

    assertThat(calls().call(ListFiles.NAME, "{\"glob\": null}"))
        .isEqualTo(
            new ToolAnswer(
                """
                5 files
                README.md
                lib (submodule)
                link (symbolic link)
                run (executable)
                src/A.java
                """,
                false,
                "listing files"));
  }

  @Test
  void namesWhatAGlobTakes() {
    tree.file("A.java", "").file("src/B.java", "").file("src/b.txt", "");
    ToolCalls calls = calls();

    assertThat(calls.list("**/*.java")).isEqualTo("2 files\nA.java\nsrc/B.java\n");
    assertThat(calls.list("src/*.txt")).isEqualTo("1 file\nsrc/b.txt\n");
    assertThat(calls.list("/src/**")).isEqualTo("2 files\nsrc/B.java\nsrc/b.txt\n");
    assertThat(calls.list("./A.*")).isEqualTo("1 file\nA.java\n");
    assertThat(calls.list("")).startsWith("3 files\n");
  }

  @Test
  void helpsWhereAGlobTakesNothing() {
    tree.file("src/B.java", "").file("src/b.txt", "");
    ToolCalls calls = calls();

    assertThat(calls.list("*.java"))
        .isEqualTo("no file matches '*.java' at the root; anywhere is \"**/*.java\"");
    assertThat(calls.list("src/"))
        .isEqualTo("no file matches 'src/'; it is a directory: write \"src/**\"");
    assertThat(calls.list("src/*.{java,txt}"))
        .isEqualTo("no file matches 'src/*.{java,txt}'; wildcards are *, ? and **, nothing else");
  }

  @Test
  void saysSoWhereThereIsNothingAtAll() {
    assertThat(calls().list(null)).isEqualTo("there is no file");
  }

  @Test
  void keepsPathsFromLookingLikeAnythingElse() {
    tree.file("a\nb.java", "").file("c (executable)", "").file("d\u202etxt.exe", "");
    tree.file("caf\u00e9", "").file("e \"f\"", "");

    assertThat(calls().list(null))
        .isEqualTo(
            """
            5 files
            "a\\nb.java"
            "c (executable)"
            caf\u00e9
            "d\\u202etxt.exe"
            "e \\"f\\""
            """);
  }

  @Test
  void cutsALongListAndSaysWhereTheFilesLie() {
    String blob = tree.blob(new byte[0]);
    for (int i = 0; i < 9000; i++) {
      tree.entry("app/d" + i % 3 + "/file" + i + ".txt", "100644", blob);
    }
    tree.entry("app/top.txt", "100644", blob);

    String text = calls().list("app/**");

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(Toolbox.LARGEST + 1000);
    assertThat(text)
        .startsWith("9001 files\napp/d0/file0.txt\n")
        .endsWith(
            """
            [cut: 3297 of 9001 files are shown; list fewer at a time with a narrower glob. They lie in:
            "app/*" 1
            "app/d0/**" 3000
            "app/d1/**" 3000
            "app/d2/**" 3000]
            """);
  }

  @Test
  void refusesWhatIsNoGlob() {
    assertThat(calls().call(ListFiles.NAME, "{\"glob\": [\"a\"], \"path\": \".\"}"))
        .isEqualTo(
            new ToolAnswer(
                """
                list_files was called with wrong arguments:
                * 'path' is unknown; known are glob
                * glob: expected a text, found a list""",
                true,
                "listing files"));
  }
}
