package dev.optr.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrettyJsonTest {
  @Test
  void keepsTheOrderOfMembersAndWritesPlainDecimals() {
    JsonObject document =
        Json.object()
            .put("z", new BigDecimal("1.50E-7"))
            .put("a", Json.array(List.of(Json.number(1), Json.NULL, Json.object().build())))
            .put("n", new BigDecimal("120.000"))
            .put("t", "tab\tquote\" ü \u0001")
            .put("e", Json.array(List.of()))
            .build();
    assertThat(PrettyJson.text(document))
        .isEqualTo(
            """
            {
              "z": 0.00000015,
              "a": [
                1,
                null,
                {}
              ],
              "n": 120,
              "t": "tab\\tquote\\" ü \\u0001",
              "e": []
            }
            """);
  }

  @Test
  void isReadBackAsTheSameValue() throws JsonException {
    JsonObject document = Json.object().put("a", "\u2028<\\>").put("b", true).put("c", -5).build();
    assertThat(JsonReader.read(PrettyJson.bytes(document))).isEqualTo(document);
  }

  @Test
  void refusesNumbersThatWouldFillTheMemory() {
    for (String number : new String[] {"1e999999999", "1e-999999999", "1e1001"}) {
      assertThatThrownBy(() -> PrettyJson.text(Json.number(new BigDecimal(number))))
          .as(number)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesTheSameMemberTwice() {
    assertThatThrownBy(() -> Json.object().put("a", 1).put("a", 2).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a");
  }
}
