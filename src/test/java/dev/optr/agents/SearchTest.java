package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import dev.optr.git.FrozenTree;
import dev.optr.testing.GeneratedTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SearchTest {
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
  void findsLinesInTheOrderOfPaths() {
    tree.file("b.txt", "no\nLogin twice: login\n").file("a/x.txt", "login\n\nlogin").file("c", "x");

    assertThat(calls().call(Search.NAME, "{\"regex\": \"(?i)login\", \"glob\": null}"))
        .isEqualTo(
            new ToolAnswer(
                """
                3 lines match in 2 files
                a/x.txt:1: login
                a/x.txt:3: login
                b.txt:2: Login twice: login
                """,
                false,
                "searching files"));
  }

  @Test
  void searchesWhatAGlobTakes() {
    tree.file("a.java", "x\n").file("a.txt", "x\n").file("src/b.java", "x\n");
    ToolCalls calls = calls();

    assertThat(calls.search("x", "**/*.java"))
        .isEqualTo("2 lines match in 2 files\na.java:1: x\nsrc/b.java:1: x\n");
    assertThat(calls.search("x", "*.md"))
        .isEqualTo("no file matches '*.md'; wildcards are *, ? and **, nothing else");
    assertThat(calls.search("y", "a.txt")).isEqualTo("no line matches\n");
  }

  @Test
  void matchesOneLineAtATimeWithoutItsLineEnd() {
    tree.file("crlf", "one;\r\ntwo;\r\n").file("lf", "one;\n\ntwo;").file("utf8", "\u00e9one;\n");
    ToolCalls calls = calls();

    assertThat(calls.search("^one;$"))
        .isEqualTo("2 lines match in 2 files\ncrlf:1: one;\nlf:1: one;\n");
    assertThat(calls.search("\\Atwo;\\z"))
        .isEqualTo("2 lines match in 2 files\ncrlf:2: two;\nlf:3: two;\n");
    assertThat(calls.search("(?s)one;.*two")).isEqualTo("no line matches\n");
    assertThat(calls.search("one;[^x]+two")).isEqualTo("no line matches\n");
    assertThat(calls.search("(?-m)^$")).isEqualTo("1 line matches in 1 file\nlf:2: \n");
    assertThat(calls.search("^$")).isEqualTo("1 line matches in 1 file\nlf:2: \n");
    assertThat(calls.search("\u00e9")).isEqualTo("1 line matches in 1 file\nutf8:1: \u00e9one;\n");
  }

  @Test
  void seesNoLineBehindTheLastLineEnd() {
    tree.file("a", "x\n").file("empty", "");

    assertThat(calls().search("y*")).isEqualTo("1 line matches in 1 file\na:1: x\n");
  }

  @Test
  void countsLinesAcrossTheWholeFile() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      text.append(i % 7000 == 0 ? "needle " + i : "hay").append('\n');
    }
    tree.file("big.txt", text.toString());

    assertThat(calls().search("needle"))
        .isEqualTo(
            """
            2 lines match in 1 file
            big.txt:7000: needle 7000
            big.txt:14000: needle 14000
            """);
  }

  @Test
  void showsTheTextAroundTheMatchInALongLine() {
    tree.file("a.min.js", "x".repeat(40_000) + "\u20acNEEDLE" + "y".repeat(40_000) + "\n");
    ToolCalls calls = calls();

    assertThat(calls.search("NEEDLE"))
        .isEqualTo(
            "1 line matches in 1 file\na.min.js:1: [characters 39942 to 40341 of 80007] "
                + "x".repeat(59)
                + "\u20acNEEDLE"
                + "y".repeat(334)
                + "\n");
    assertThat(calls.search("NEEDLE.{500}"))
        .as("reads on in a long line")
        .contains("[characters 40002 to 40401 of 80007] NEEDLEyyy");
    assertThat(calls.search("y$")).contains("[characters 79608 to 80007 of 80007] yyy");
  }

  @Test
  void cutsNoCharacterInTwo() {
    tree.file("a", "\ud83d\ude00".repeat(300) + "needle" + "\ud83d\ude00".repeat(300));

    String text = calls().search("needle");

    assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(text);
  }

  @Test
  void stopsAtTheMostLines() {
    tree.file("a", "x\n".repeat(150)).file("b", "x\n".repeat(150)).file("c", "x\n");

    assertThat(calls().search("x"))
        .startsWith("at least 300 lines match in 2 files\na:1: x\n")
        .endsWith(
            "\nb:50: x\n[cut: these are the first 200 lines; narrow the expression or the glob to"
                + " see others]\n");
  }

  @Test
  void stopsAtTheMostBytes() {
    for (int i = 0; i < 199; i++) {
      tree.file(i + "/" + "d".repeat(200), "\u20ac".repeat(390) + "\n");
    }

    String text = calls().search(".");

    assertThat(text).contains("[cut: these are the first ");
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(Toolbox.LARGEST + 500);
  }

  @Test
  void saysWhatItDidNotSearch() {
    tree.file("binary", "needle\0").file("latin1", new byte[] {'n', (byte) 0xe9, '\n'});
    tree.file("large", "needle\n".repeat(700_000)).file("text", "needle\n");
    tree.entry("link", "120000", tree.blob("needle".getBytes(StandardCharsets.UTF_8)));
    tree.entry("lib", "160000", "1".repeat(40));

    assertThat(calls().search("needle"))
        .isEqualTo(
            """
            1 line matches in 1 file
            text:1: needle
            [not searched: 4 files that are binary, not UTF-8 or no regular file]
            [not searched, larger than 4 MiB: large]
            """);
  }

  @Test
  void saysHowFarItGotWhereTheTimeIsUp() {
    tree.file("a", "x\n").file("b", "x\n");

    assertThat(ToolCalls.on(tree.freeze(), ToolCalls.hasty(6)).search("x"))
        .isEqualTo(
            """
            no line matches
            [not complete: 1.8 s were up after 0 of 2 files, all before a; narrow the glob]
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a(?=b)",
        "(?!a)b",
        "(?<=a)b",
        "(a)\\1",
        "a++",
        "(",
        "[a",
        "*",
        "\\",
        "a{2000}",
        "",
        "(?:(?:(?:x{100}){100}){100}){100}",
        "((x{1000}){1000})",
        "x{999999999999}",
        "(?i)\u1c80",
        "(?i)\\x{1C88}",
        "a(?s-m:b)(?si:[\\x{41}-\\x{2000}])",
        "(?i)[a-\u20ac]"
      })
  void refusesWhatTheSyntaxDoesNotKnowOrCannotBear(String regex) {
    tree.file("a", "x\n");

    ToolAnswer answer =
        calls().call(Search.NAME, Json.object().put("regex", regex).put("glob", "").build());

    assertThat(answer.error()).isTrue();
    assertThat(answer.text()).startsWith("search was called with wrong arguments:\n* regex: ");
  }

  @Test
  void saysThatThereIsNoLookaround() {
    tree.file("a", "x\n");

    assertThat(calls().search("a(?=b)"))
        .endsWith(
            "* regex: invalid or unsupported Perl syntax: \"(?=\"; the syntax is that of RE2,"
                + " without lookaround and back references");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 250, 499})
  void bearsDeepExpressions(int depth) {
    tree.file("a", "x\n");
    ToolCalls calls = calls();

    assertThat(calls.search("(".repeat(depth) + "x" + ")".repeat(depth))).contains("a:1: x");
  }

  @Test
  void bearsTheDearestExpressionThatIsTaken() {
    tree.file("a", "x".repeat(5000) + "\n");

    assertThat(calls().search("(?:x?y?){200}z")).isEqualTo("no line matches\n");
  }

  @Test
  void canBeInterrupted() throws InterruptedException {
    tree.file("a", "x".repeat(4_000_000));
    FrozenTree frozen = tree.freeze();
    CountDownLatch begun = new CountDownLatch(1);
    InstantSource clock =
        () -> {
          begun.countDown();
          return Instant.EPOCH;
        };
    JsonObject arguments = Json.object().put("regex", "(?:x?y?){200}z").put("glob", "").build();
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    new Toolbox(frozen, clock, 2).call(Search.NAME, arguments);
                    end.complete("answered");
                  } catch (InterruptedException _) {
                    end.complete("interrupted");
                  }
                });
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    thread.interrupt();

    assertThat(end).succeedsWithin(Duration.ofMinutes(1)).isEqualTo("interrupted");
  }

  @Test
  void failsWhereTheRepositoryIsDamaged() {
    tree.file("a", "x\n").entry("b", "100644", "2".repeat(40));

    assertThatThrownBy(() -> calls().search("x"))
        .isInstanceOf(ServiceException.class)
        .hasMessage("could not read the object " + "2".repeat(40));
  }

  @Test
  void searchesAHundredThousandFiles() {
    byte[] hay = "hay\n".getBytes(StandardCharsets.UTF_8);
    String blob = tree.blob(hay);
    for (int i = 0; i < 100_000; i++) {
      tree.entry("m" + i % 10 + "/d" + i % 1000 + "/f" + i, "100644", blob);
    }
    tree.file("m3/needle", "hay\nneedle\n").file("z", "needle");
    ToolCalls calls = calls();

    assertThat(calls.search("needle"))
        .isEqualTo("2 lines match in 2 files\nm3/needle:2: needle\nz:1: needle\n");
    assertThat(calls.list(null)).startsWith("100002 files\n");
    assertThat(calls.list("**/f99999")).isEqualTo("1 file\nm9/d999/f99999\n");
  }
}
