package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.GeneratedTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadFileTest {
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
  void showsLinesWithTheirNumbers() {
    tree.file("src/A.java", "class A {\n\n\tint a;\n}\n");

    assertThat(calls().read("src/A.java", null, null))
        .isEqualTo(
            new ToolAnswer(
                """
                src/A.java: lines 1 to 4 of 4, 21 bytes
                1\tclass A {
                2\t
                3\t\tint a;
                4\t}
                """,
                false,
                "reading src/A.java"));
  }

  @Test
  void showsTheLinesThatAreAskedFor() {
    tree.file("a", "1\n2\n3\n4\n5\n");
    ToolCalls calls = calls();

    assertThat(calls.read("a", 2L, 3L).text())
        .isEqualTo("a: lines 2 to 3 of 5, 10 bytes\n2\t2\n3\t3\n");
    assertThat(calls.read("a", null, 1L).text())
        .isEqualTo("a: lines 1 to 1 of 5, 10 bytes\n1\t1\n");
    assertThat(calls.read("a", 5L, null).text())
        .isEqualTo("a: lines 5 to 5 of 5, 10 bytes\n5\t5\n");
    assertThat(calls.read("a", 4L, 999L).text())
        .isEqualTo("a: lines 4 to 5 of 5, 10 bytes\n4\t4\n5\t5\n");
  }

  @Test
  void saysHowManyLinesThereAreWhereTheFirstIsBeyondThem() {
    tree.file("a", "1\n2\n");

    ToolAnswer answer = calls().read("a", 3L, null);

    assertThat(answer.error()).isTrue();
    assertThat(answer.text()).isEqualTo("a: there is no line 3, the last one is 2");
  }

  @Test
  void tellsWhatExactEditsNeedToKnowOfLineEnds() {
    tree.file("a", "1\r\n2\r\n")
        .file("b", "1\r\n2\n3")
        .file("c", "")
        .file("d", "\n")
        .file("e", "x");
    ToolCalls calls = calls();

    assertThat(calls.read("a"))
        .isEqualTo("a: lines 1 to 2 of 2, 6 bytes, line ends CR LF\n1\t1\r\n2\t2\r\n");
    assertThat(calls.read("b"))
        .startsWith(
            "b: lines 1 to 3 of 3, 6 bytes, some line ends CR LF, no line end after the last line\n");
    assertThat(calls.read("c")).isEqualTo("c: empty");
    assertThat(calls.read("d")).isEqualTo("d: lines 1 to 1 of 1, 1 byte\n1\t\n");
    assertThat(calls.read("e"))
        .isEqualTo("e: lines 1 to 1 of 1, 1 byte, no line end after the last line\n1\tx\n");
  }

  @Test
  void describesWhatIsNoText() {
    tree.file("zero", "a\0b").file("latin1", new byte[] {'c', 'a', 'f', (byte) 0xe9});
    tree.file("half", new byte[] {'a', (byte) 0xe2, (byte) 0x82});
    tree.entry("run.sh", "100755", tree.blob("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8)));
    tree.entry("link", "120000", tree.blob("../.env\n".getBytes(StandardCharsets.UTF_8)));
    tree.entry("lib", "160000", "1".repeat(40));
    ToolCalls calls = calls();

    assertThat(calls.read("zero"))
        .isEqualTo("zero: 3 bytes, binary or not UTF-8; they are not shown");
    assertThat(calls.read("latin1"))
        .isEqualTo("latin1: 4 bytes, binary or not UTF-8; they are not shown");
    assertThat(calls.read("half"))
        .isEqualTo("half: 3 bytes, binary or not UTF-8; they are not shown");
    assertThat(calls.read("run.sh"))
        .isEqualTo("run.sh: lines 1 to 1 of 1, 10 bytes, executable\n1\t#!/bin/sh\n");
    assertThat(calls.read("link"))
        .isEqualTo("link: symbolic link to \"../.env\\n\"; it is not followed");
    assertThat(calls.read("lib"))
        .isEqualTo("lib: submodule at commit " + "1".repeat(40) + "; its files are not here");
  }

  @Test
  void cutsAtTheBudgetAndSaysHowToReadOn() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 5000; i++) {
      text.append("line ").append(i).append(" of many\n");
    }
    tree.file("dir/a \"b\"", text.toString());
    ToolCalls calls = calls();

    String first = calls.read("dir/a \"b\"");
    String asked = calls.read("dir/a \"b\"", 100L, 4900L).text();

    assertThat(first.getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(Toolbox.LARGEST - 100, Toolbox.LARGEST + 200);
    assertThat(first).startsWith("\"dir/a \\\"b\\\"\": lines 1 to 2945 of 5000, ");
    assertThat(first)
        .endsWith(
            "\n2945\tline 2945 of many\n[cut: read on with read_file(path=\"dir/a \\\"b\\\"\","
                + " startLine=2946, endLine=null)]\n");
    assertThat(asked)
        .endsWith(
            "\n[cut: read on with read_file(path=\"dir/a \\\"b\\\"\", startLine=3027,"
                + " endLine=4900)]\n");
  }

  @Test
  void cutsALineThatIsTooLongAndReadsOnBehindIt() {
    tree.file("a.min.js", "head\n" + "\u20ac".repeat(100_000) + "\ntail\n");
    ToolCalls calls = calls();

    assertThat(calls.read("a.min.js"))
        .isEqualTo(
            """
            a.min.js: lines 1 to 1 of 3, 300011 bytes
            1\thead
            [cut: read on with read_file(path="a.min.js", startLine=2, endLine=null)]
            """);
    assertThat(calls.read("a.min.js", 2L, null).text())
        .isEqualTo(
            "a.min.js: lines 2 to 2 of 3, 300011 bytes\n2\t"
                + "\u20ac".repeat((Toolbox.LARGEST - 3) / 3)
                + "\n[line 2 is cut; its rest cannot be read by lines: search(regex, glob) shows the"
                + " text around a match in it]\n"
                + "[cut: read on with read_file(path=\"a.min.js\", startLine=3, endLine=null)]\n");
    assertThat(calls.read("a.min.js", 3L, null).text()).endsWith("bytes\n3\ttail\n");
  }

  @Test
  void readsALargeFileOnlyAsFarAsNeeded() {
    byte[] large = "0123456789abcde\n".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
    tree.file("large.txt", large);
    ToolCalls calls = calls();

    assertThat(calls.read("large.txt", 7L, 8L).text())
        .isEqualTo(
            """
            large.txt: lines 7 to 8, 32000000 bytes
            7\t0123456789abcde
            8\t0123456789abcde
            """);
    assertThat(calls.read("large.txt", 1_999_999L, null).text())
        .startsWith("large.txt: lines 1999999 to 2000000 of 2000000, 32000000 bytes\n");
    assertThat(calls.read("large.txt"))
        .endsWith(
            "[cut: read on with read_file(path=\"large.txt\", startLine=3174, endLine=null)]\n");
  }

  @Test
  void saysSoWhereTheTimeIsUpBeforeTheFirstLineIsReached() {
    tree.file("large.txt", "0123456789abcde\n".repeat(2_000_000));

    ToolAnswer answer =
        ToolCalls.on(tree.freeze(), ToolCalls.hasty(2)).read("large.txt", 1_000_000L, null);

    assertThat(answer.error()).isTrue();
    assertThat(answer.text())
        .matches("large.txt: line 1000000 was not reached within 5 s; line \\d+ was");
  }

  @Test
  void describesALargeBinaryFileWithoutReadingItAll() {
    byte[] noise = new byte[20 << 20];
    new Random(1).nextBytes(noise);
    tree.file("noise", noise);

    assertThat(calls().read("noise"))
        .isEqualTo("noise: 20971520 bytes, binary or not UTF-8; they are not shown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"./src/A.java", "/src/A.java", "src//A.java", "src\\A.java", "src/./A.java"})
  void findsAFileHoweverItsPathIsWritten(String path) {
    tree.file("src/A.java", "A\n");

    assertThat(calls().read(path, null, null).doing()).isEqualTo("reading src/A.java");
  }

  @Test
  void takesAPathLiterallyWhereThereIsSuchAFile() {
    tree.file("a\\b", "backslash\n").file("a/b", "slash\n");

    assertThat(calls().read("a\\b")).contains("backslash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../src/A.java", "src/../src/A.java", "src\\..\\A.java", "/.."})
  void refusesToGoUp(String path) {
    tree.file("src/A.java", "A\n");

    assertThat(calls().read(path, null, null))
        .isEqualTo(
            new ToolAnswer(
                "path: '..' is refused; write the path from the repository's root",
                true,
                "reading a file"));
  }

  @Test
  void helpsWhereThereIsNoSuchFile() {
    tree.file("src/main/A.java", "A\n").file("src/test/A.java", "A\n").file("B.java", "B\n");
    ToolCalls calls = calls();

    assertThat(calls.read("main/a.java"))
        .isEqualTo("no such file: 'main/a.java'; did you mean src/main/A.java or src/test/A.java?");
    assertThat(calls.read("src/"))
        .isEqualTo("'src/' is a directory; list it with list_files(glob=\"src/**\")");
    assertThat(calls.read("."))
        .isEqualTo("'.' is a directory; list it with list_files(glob=\"**\")");
    assertThat(calls.read("x\u001b[31m\n" + "y".repeat(300)))
        .isEqualTo("no such file: \"x\\u001b[31m\\n" + "y".repeat(193) + "\"...");
  }

  @Test
  void namesAllThatIsWrongWithTheArguments() {
    tree.file("a", "1\n");

    assertThat(
            calls()
                .call(
                    ReadFile.NAME,
                    "{\"path\": 7, \"startLine\": 0, \"endLine\": \"9\", \"lines\": 3}"))
        .isEqualTo(
            new ToolAnswer(
                """
                read_file was called with wrong arguments:
                * 'lines' is unknown; known are path, startLine, endLine
                * path: expected a text, found a number
                * startLine: expected a whole number of at least 1 or null, found a number
                * endLine: expected a whole number of at least 1 or null, found a text""",
                true,
                "reading a file"));
    assertThat(calls().read("a", 3L, 2L).text())
        .endsWith("* endLine: expected at least startLine, 3, found 2");
    assertThat(calls().call(ReadFile.NAME, "{}").text())
        .endsWith("* path: expected a file, found nothing");
  }
}
