package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TreeWriterTest {
  @ParameterizedTest
  @CsvSource({
    "link, a, true",
    "link, ., true",
    "link, a/./b, true",
    "d/link, ../a, true",
    "d/e/link, ../.., true",
    "link, .., false",
    "d/link, ../../a, false",
    "d/e/link, ../../.., false",
    "link, a/.., false",
    "d/link, e/../../.., false",
    "link, /etc, false",
    "link, '', false"
  })
  void knowsWhichLinksStayInside(String path, String target, boolean inside) {
    assertThat(TreeWriter.staysInside(path, target)).isEqualTo(inside);
  }
}
