package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShapeReaderTest {
  private static boolean looksAt(String regex, String line) {
    Optional<LineAutomaton> automaton = ShapeReader.read(regex).map(LineAutomaton::new);
    byte[] text = line.getBytes(UTF_8);
    return new LineFilter(automaton).next(text, 0, () -> false) < text.length;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "needle hay",
        "(foo|bar)qux quxfoobar",
        "[a-z]+[0-9]{3}zzz abc12zzz",
        "(?i)login logout",
        "^import\\s+java\\. importjava.",
        "\\bx{3}\\b xxyxx",
        "[^a-c]d cdadbd",
        "\\w\\W\\d a1b",
        "\u00e9t\u00e9 \u20act\u20ac",
        "\\Qa.b\\E aXb",
        "(?P<name>a)b ba",
        "a{2,}b ab",
        "\\x41 B"
      })
  void leavesOutLinesThatCannotMatch(String regex, String line) {
    assertThat(looksAt(regex, line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x*", "^$", "(a|)", "\\b", "(?i)", "x{0}", "()"})
  void looksAtAllLinesWhereNothingIsAsked(String regex) {
    assertThat(looksAt(regex, "hay")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?=a)", "(", "a)", "*", "[a", "\\q", "\\", "[\\q]", "(?<n", "\\x4"})
  void knowsNothingOfWhatItCannotRead(String regex) {
    assertThat(ShapeReader.read(regex)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"((((a{9}){9}){9}){9}){9}", "(?:x?y?){200}z", "((^{90}){90}){90}a"})
  void writesNoRepetitionOutThatWouldBeLarge(String regex) {
    assertThat(ShapeReader.read(regex).orElseThrow().size()).isLessThanOrEqualTo(101);
  }
}
