package dev.optr.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"a\":1,\"a\":2}",
        "{} x",
        "[1,]",
        "{'a':1}",
        "01",
        "[NaN]",
        "\"\u0001\"",
        "{\"a\"",
        "nul"
      })
  void refusesWhatIsNoStrictJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    assertThatThrownBy(() -> JsonReader.read("\"é\"".getBytes(ISO_8859_1)))
        .isInstanceOf(JsonException.class)
        .hasMessage("not UTF-8");
  }

  @Test
  void refusesNestingBeyondItsLimit() throws JsonException {
    assertThat(JsonReader.withDepth(2).parse("[[1]]".getBytes(UTF_8))).isNotNull();
    assertThatThrownBy(() -> JsonReader.withDepth(2).parse("[[[1]]]"))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void keepsNumbersExactly() throws JsonException {
    assertThat(PrettyJson.text(JsonReader.read("[9007199254740993, 0.1, 1e3]")))
        .isEqualTo("[\n  9007199254740993,\n  0.1,\n  1000\n]\n");
  }
}
