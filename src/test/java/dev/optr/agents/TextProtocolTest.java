package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextProtocolTest {
  private static final String CALL =
      "{\"tool\": \"decline\", \"arguments\": {\"reason\": \"it {is} \\\"done\\\"\"}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "```\n%s\n```\nDone.",
        "Sure, here it is: %s Let me know.",
        "A set {1, 2} and a block { of: code } first. %s",
        "An empty object {} and {\"a\": 1} and then %s",
        "\ufeff\r\n\t%s\u00a0",
        "It's \"quoted and {never closed: %s",
        "**Answer**\n> %s\n{",
        "if (a) { b(); }\n%s"
      })
  void findsTheCallAroundWhichSomebodyTalks(String text) {
    assertThat(TextProtocol.calls(text.formatted(CALL)))
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.name()).isEqualTo("decline");
              assertThat(call.arguments()).isEqualTo("{\"reason\":\"it {is} \\\"done\\\"\"}");
            });
  }

  @Test
  void findsAllCallsInTheirOrder() {
    String read = "{\"tool\": \"read_file\", \"arguments\": {\"path\": \"a\"}}";

    assertThat(TextProtocol.calls(read + "\n" + CALL + " then " + read))
        .extracting(ToolCall::name)
        .containsExactly("read_file", "decline", "read_file");
    assertThat(TextProtocol.calls("[" + read + ", " + CALL + "]"))
        .extracting(ToolCall::name)
        .containsExactly("read_file", "decline");
  }

  @Test
  void takesAPathWithoutTheEnvelope() {
    assertThat(TextProtocol.calls("{\"edits\": [], \"summary\": \"x\"}"))
        .extracting(ToolCall::name)
        .containsExactly("submit_path");
    assertThat(TextProtocol.calls("{\"reason\": \"nothing to do\"}"))
        .extracting(ToolCall::name)
        .containsExactly("decline");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no braces at all",
        "{",
        "}{",
        "{\"tool\": \"decline\", \"arguments\": {\"reason\": \"cut",
        "{\"tool\": 7, \"arguments\": {}}",
        "{\"tool\": \"decline\", \"tool\": \"decline\"}",
        "{'tool': 'decline'}",
        "{\"reason\": \"x\", \"more\": 1}",
        "{\"name\": \"run_shell\"}"
      })
  void makesNoCallOfAnythingElse(String text) {
    assertThat(TextProtocol.calls(text)).isEmpty();
  }

  @Test
  void givesNullWhereACallHasNoArguments() {
    assertThat(TextProtocol.calls("{\"tool\": \"decline\"}"))
        .singleElement()
        .extracting(ToolCall::arguments)
        .isEqualTo("null");
  }

  @Test
  void giveAnEndToBracesThatOnlyOpen() {
    assertThat(TextProtocol.calls("{\"a\":".repeat(200_000))).isEmpty();
    assertThat(TextProtocol.calls("{ ".repeat(10_000) + CALL)).hasSize(1);
  }

  @Test
  void findsALongCallBehindMuchCode() {
    String code = "```java\nvoid f() { g(\"{\"); }\n```\n".repeat(1_000);
    String content = "x".repeat(200_000);
    String call =
        "{\"tool\": \"submit_path\", \"arguments\": {\"edits\": [{\"op\": \"create\", \"path\": \"a\","
            + " \"content\": \""
            + content
            + "\"}]}}";

    assertThat(TextProtocol.calls(code + call)).hasSize(1);
  }

  @Test
  void tellsResultsAsJsonWhateverIsInThem() throws JsonException {
    String told =
        TextProtocol.results(
            List.of(new ToolCall("", "read_file", "{}")),
            List.of(new ToolResult("", "\ud800 \"}]}\u0000", true)));

    assertThat(JsonReader.read(told)).isNotNull();
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

  @Property(tries = 300)
  void neverFails(@ForAll String text) {
    assertThat(TextProtocol.calls(text)).isNotNull();
    assertThat(TextProtocol.calls(text.replace("{", "") + CALL)).isNotNull();
  }
}
