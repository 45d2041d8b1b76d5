package dev.optr.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "**/CODEOWNERS, CODEOWNERS, true",
    "**/CODEOWNERS, docs/CODEOWNERS, true",
    "**/CODEOWNERS, docs/CODEOWNERS.md, false",
    "secrets/**, secrets/a/b.txt, true",
    "secrets/**, secrets, true",
    "secrets/**, secretss/a, false",
    "**/*.pem, a/b/c.pem, true",
    "**/*.pem, .pem, true",
    "*.pem, a/b.pem, false",
    "a/*/c, a/b/c, true",
    "a/*/c, a/b/b/c, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "**, anything/at/all, true",
    "services/a/**, services/ab/x, false",
    "[a].txt, [a].txt, true",
    "a.c, abc, false",
  })
  void matchesWholePathsFromTheRoot(String pattern, String path, boolean expected) {
    assertThat(Glob.of(pattern).matches(path)).isEqualTo(expected);
  }

  @Test
  void isNotSlowedDownByPatternsThatMakeBacktrackersExplode() {
    String pattern = "**/*a*a*a*a*a*a*a*a*a*a*a*a*b/**/**/**/**/x";
    String path = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/".repeat(50) + "y";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(Glob.of(pattern).matches(path)).isFalse());
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of("**", "*", "?", "a", "b", "/", "/", "ab", "*a")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.strings().withChars("ab/*").ofMaxLength(10);
  }

  @Property(tries = 5000)
  void matchesWhatItsDefinitionSays(
      @ForAll("patterns") String pattern, @ForAll("paths") String path) {
    assertThat(Glob.of(pattern).matches(path))
        .as("%s on %s", pattern, path)
        .isEqualTo(segmentsMatch(List.of(pattern.split("/", -1)), List.of(path.split("/", -1))));
  }

  /** The definition, word for word, however long it takes. */
  private static boolean segmentsMatch(List<String> pattern, List<String> path) {
    if (pattern.isEmpty()) {
      return path.isEmpty();
    }
    List<String> rest = pattern.subList(1, pattern.size());
    if (pattern.getFirst().equals("**")) {
      return IntStream.rangeClosed(0, path.size())
          .anyMatch(taken -> segmentsMatch(rest, path.subList(taken, path.size())));
    }
    return !path.isEmpty()
        && nameMatches(pattern.getFirst(), path.getFirst())
        && segmentsMatch(rest, path.subList(1, path.size()));
  }

  private static boolean nameMatches(String pattern, String name) {
    if (pattern.isEmpty()) {
      return name.isEmpty();
    }
    String rest = pattern.substring(1);
    if (pattern.charAt(0) == '*') {
      return IntStream.rangeClosed(0, name.length())
          .anyMatch(taken -> nameMatches(rest, name.substring(taken)));
    }
    return !name.isEmpty()
        && (pattern.charAt(0) == '?' || pattern.charAt(0) == name.charAt(0))
        && nameMatches(rest, name.substring(1));
  }
}
