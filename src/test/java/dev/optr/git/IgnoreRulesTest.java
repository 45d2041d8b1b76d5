package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IgnoreRulesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "target | target | true",
        "target | a/target | true",
        "target/ | a/target | false",
        "/target | a/target | false",
        "a/b | a/b | true",
        "a/b | x/a/b | false",
        "*.class | x/A.class | true",
        "a/*.c | a/b/c.c | false",
        "a/** | a | false",
        "a/** | a/b/c | true",
        "a/**/c | a/c | true",
        "**/c | x/y/c | true",
        "[a-c]?[!x] | bzy | true",
        "[[:digit:]]x | 7x | true",
        "\\!a | !a | true",
        "\\#a | #a | true",
        "# a | a | false",
        "[a | [a | false",
        "a\\ | a | false",
      })
  void matchesAsTheManualSays(String rule, String path, boolean ignored) {
    assertThat(ignores(rule, path, false)).isEqualTo(ignored);
  }

  @Test
  void letsTheLastRuleThatMatchesDecide() {
    assertThat(ignores("*.log\n!keep.log", "keep.log", false)).isFalse();
    assertThat(ignores("!keep.log\n*.log", "keep.log", false)).isTrue();
  }

  @Test
  void readsLineEndsSpacesAndAByteOrderMark() {
    assertThat(ignores("\uFEFFa\r\nb  \r\nc\\ \r\n", "a", false)).isTrue();
    assertThat(ignores("a\r\nb  \r\n", "b", false)).isTrue();
    assertThat(ignores("c\\ \n", "c ", false)).isTrue();
    assertThat(ignores("c\\ \n", "c", false)).isFalse();
  }

  @Test
  void isNotHeldUpByAHostilePattern() {
    String pattern = "*a".repeat(2000) + "b";
    String name = "a".repeat(4000);
    assertThat(ignores("**/" + pattern, name, false)).isFalse();
  }

  @Test
  void agreesWithGit() throws IOException {
    assumeThat(RealGit.isPresent()).isTrue();
    RealGit git = RealGit.in(directory);
    git.text("init", "-q");
    Random random = new Random(20_261_122);
    List<String> paths = new ArrayList<>();
    Map<String, String> rules = new HashMap<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String file = rules(random);
      rules.put("d" + i, file.strip());
      Files.createDirectory(directory.resolve("d" + i));
      Files.writeString(directory.resolve("d" + i + "/.gitignore"), file);
      for (int j = 0; j < 4; j++) {
        String path = path(random);
        paths.add("d" + i + "/" + path);
        if (ignoredWithItsDirectories(file, path)) {
          expected.add("d" + i + "/" + path + " by " + file.strip());
        }
      }
    }
    String found =
        new String(
            git.bytesFrom(
                (String.join("\n", paths) + "\n").getBytes(UTF_8),
                "check-ignore",
                "--no-index",
                "--stdin"),
            UTF_8);
    assertThat(
            found
                .lines()
                .map(path -> path + " by " + rules.get(path.substring(0, path.indexOf('/')))))
        .containsExactlyElementsOf(expected);
    assertThat(expected.size()).isBetween(500, 3500);
  }

  private static boolean ignoredWithItsDirectories(String file, String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (ignores(file, path.substring(0, slash), true)) {
        return true;
      }
    }
    return ignores(file, path, false);
  }

  private static String rules(Random random) {
    StringBuilder rules = new StringBuilder();
    for (int lines = 1 + random.nextInt(3); lines > 0; lines--) {
      rules.append(text(random, List.of("!", "", "", ""), 1));
      rules.append(
          text(
              random,
              List.of(
                  "a",
                  "b",
                  "a",
                  "b",
                  "/",
                  "/",
                  "**",
                  "*",
                  "?",
                  "[ab]",
                  "[!a]",
                  "\\a",
                  "**/",
                  "/**",
                  "[[:alpha:]]",
                  "[a-]",
                  "[]a]",
                  "***",
                  " ",
                  "]",
                  "-",
                  "[^b]",
                  "\\ "),
              5));
      rules.append('\n');
    }
    // Git takes the literal beginning of a rule off before it looks at stars, and so reads 'a**/b'
    // as if the stars were a segment; its manual says that they are not.
    return rules.toString().replaceAll("([^/!*\n])\\*\\*+/", "$1*/");
  }

  private static String path(Random random) {
    List<String> names = new ArrayList<>();
    for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
      names.add(text(random, List.of("a", "b", "a", "b", "-", "]", " "), 3));
    }
    return String.join("/", names) + "a";
  }

  private static String text(Random random, List<String> parts, int most) {
    StringBuilder text = new StringBuilder();
    for (int length = 1 + random.nextInt(most); length > 0; length--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  private static boolean ignores(String file, String path, boolean isDirectory) {
    return IgnoreRules.parse(file.getBytes(UTF_8)).ignores(path, isDirectory).orElse(false);
  }
}
