package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextProtocolTest {
  private static final String CALL = "{\"tool\": \"decline\", \"arguments\": {\"reason\": \"}{\"}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "Here it is: %s Good luck!",
        "{not json} {\"other\": 1} %s",
        "{{{{ %s",
        "{\"tool_calls\": [%s]}",
        "\u0000\uFEFF%s"
      })
  void findsACallWhereverItStands(String text) {
    assertThat(TextProtocol.calls(text.formatted(CALL)))
        .singleElement()
        .isEqualTo(new ToolCall("", "decline", "{\"reason\":\"}{\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"decline\", \"arguments\": {\"reason\": \"x\"}}",
        "{\"reason\": \"x\"}",
        "{\"tool\": \"decline\", \"arguments\": {\"reason\": \"x\"}, \"more\": true}"
      })
  void takesTheFormsThatModelsLike(String text) {
    assertThat(TextProtocol.calls(text))
        .containsExactly(new ToolCall("", "decline", "{\"reason\":\"x\"}"));
  }

  @Test
  void keepsSeveralCallsInTheirOrder() {
    assertThat(TextProtocol.calls("{\"tool\": \"a\"} and {\"tool\": \"b\", \"arguments\": 7}"))
        .containsExactly(new ToolCall("", "a", "null"), new ToolCall("", "b", "7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "No.",
        "{",
        "}",
        "{\"tool\": 7}",
        "{\"tool\": \"decline\"",
        "{\"tool\": \"a\", \"tool\": \"b\"}",
        "{\"name\": \"somebody\", \"arguments\": {}}"
      })
  void findsNoneWhereNoneIs(String text) {
    assertThat(TextProtocol.calls(text)).isEmpty();
  }

  @Test
  void doesNotReadAHugeTextFromEachOfItsBraces() {
    String braces = "{\"a\":".repeat(200_000);

    CompletableFuture<List<ToolCall>> calls =
        CompletableFuture.supplyAsync(() -> TextProtocol.calls(braces + CALL));

    assertThat(calls.orTimeout(20, TimeUnit.SECONDS).join()).isEmpty();
  }

  @Test
  void findsACallInsideOfAHugeOne() {
    String content = "x".repeat(1 << 20);
    String call = "{\"tool\": \"submit_path\", \"arguments\": {\"summary\": \"" + content + "\"}}";

    assertThat(TextProtocol.calls(call).getFirst().arguments()).contains(content);
  }
}
