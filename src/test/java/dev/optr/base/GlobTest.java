package dev.optr.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
