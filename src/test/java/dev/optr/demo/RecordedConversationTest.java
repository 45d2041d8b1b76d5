package dev.optr.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.SubmitPath;
import dev.optr.agents.Toolbox;
import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordedConversationTest {
  @ParameterizedTest
  @MethodSource("conversations")
  void endsWithAPathAndReadsBeforeThat(Path file) throws IOException, JsonException {
    RecordedConversation conversation =
        RecordedConversation.read(Bytes.of(Files.readAllBytes(file)));

    RecordedConversation.RecordedCall last = conversation.turns().getLast().calls().getLast();
    assertThat(last.tool()).isEqualTo(SubmitPath.NAME);
    assertThat(SubmitPath.parse(last.arguments())).isInstanceOf(SubmitPath.Parsed.class);
    assertThat(conversation.turns().subList(0, conversation.turns().size() - 1))
        .flatExtracting(RecordedConversation.RecordedTurn::calls)
        .allSatisfy(
            call ->
                assertThat(Toolbox.reads(call.tool()) || call.tool().equals(SubmitPath.NAME))
                    .isTrue());
  }

  @Test
  void repeatsTheLastTurnForAClientThatAsksForMore() throws JsonException {
    RecordedConversation conversation =
        RecordedConversation.read(
            Bytes.utf8(
                """
                {"model": "m", "thinkingMs": 0, "turns": [{"calls": [
                  {"tool": "decline", "arguments": {"reason": "fine"}}],
                  "input": 3, "cached": 2, "output": 1, "reasoning": 0}]}
                """));

    assertThat(conversation.answer("{}", 7)).isEqualTo(conversation.turns().getFirst());
  }

  @Test
  void judgesByTheFirstVerdictWhoseQuoteStandsInTheChange() throws JsonException {
    RecordedConversation conversation =
        RecordedConversation.read(
            Bytes.utf8(
                """
                {"model": "m", "thinkingMs": 0, "turns": [{"calls": [
                  {"tool": "decline", "arguments": {"reason": "fine"}}],
                  "input": 3, "cached": 2, "output": 1, "reasoning": 0}],
                 "verdicts": [{"constraint": "c1", "held": false, "quote": "println(cookie"},
                  {"constraint": "c1", "held": true, "quote": "session == null"}]}
                """));

    RecordedConversation.RecordedCall call =
        conversation
            .answer("judge change-0123456789ab: + if (session == null)", 0)
            .calls()
            .getFirst();

    assertThat(call.tool()).isEqualTo("submit_verdicts");
    assertThat(call.arguments().text("change")).isEqualTo("change-0123456789ab");
    assertThat(call.arguments().array("verdicts"))
        .singleElement()
        .satisfies(verdict -> assertThat(((JsonObject) verdict).isTrue("held")).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\": \"m\", \"thinkingMs\": 0, \"turns\": [7]}",
        "{\"model\": \"m\", \"thinkingMs\": 0, \"turns\": [{\"calls\": [{}]}]}"
      })
  void refusesWhatIsNoConversation(String source) {
    assertThatThrownBy(() -> RecordedConversation.read(Bytes.utf8(source)))
        .isInstanceOf(JsonException.class);
  }

  static List<Path> conversations() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("test-fixtures", "demo", "conversations"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
