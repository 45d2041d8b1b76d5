package dev.optr.agents.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BotAnswerTest {
  @Test
  void putsNoLineBreakIntoATextThatWasSplit() {
    assertThat(BotAnswer.joined(List.of("Sure:", "{\"a\": \"one ", "two\", ", "\"b\": 1}", "Bye")))
        .isEqualTo("Sure:\n{\"a\": \"one two\", \n\"b\": 1}\nBye");
    assertThat(BotAnswer.joined(List.of("It's \"so", "simple\""))).isEqualTo("It's \"so\nsimple\"");
    assertThat(BotAnswer.joined(List.of("{\"a\": \"\\", "\"b\"}"))).isEqualTo("{\"a\": \"\\\"b\"}");
    assertThat(BotAnswer.joined(List.of())).isEmpty();
  }

  @Test
  void hearsEveryActivityOnce() {
    BotAnswer answer = new BotAnswer("me", "hello");
    Activity said = message("1", "bot", "hi");

    answer.hear(said);
    answer.hear(said);

    assertThat(answer.heard()).isEqualTo(1);
    assertThat(answer.text()).isEqualTo("hi");
  }

  @Test
  void knowsItsOwnMessageAgain() {
    BotAnswer answer = new BotAnswer("me", "hello");

    answer.hear(message("0", "me", "something else"));
    assertThat(answer.isTaken()).isFalse();
    answer.hear(message("1", "me", "hello"));

    assertThat(answer.isTaken()).isTrue();
    assertThat(answer.heard()).isZero();
    assertThat(answer.hasMessage()).isFalse();
  }

  @Test
  void hasEnoughOfABotThatDoesNotStop() {
    BotAnswer answer = new BotAnswer("me", "hello");
    answer.hear(message("1", "bot", "x".repeat(3 << 20)));
    assertThat(answer.isTooMuch()).isFalse();
    answer.hear(message("2", "bot", "x".repeat(3 << 20)));
    assertThat(answer.isTooMuch()).isTrue();
  }

  @Test
  void hasEnoughOfAServiceThatRepeatsUsForEver() {
    BotAnswer answer = new BotAnswer("me", "hello");
    for (int i = 0; i < 10_001; i++) {
      answer.hear(message("id " + i, "me", "hello"));
    }

    assertThat(answer.isTooMuch()).isTrue();
  }

  @Test
  void keepsNothingOfWhatIsAttached() {
    JsonObject attached =
        message("1", "bot", "hi").json().with("attachments", Json.array(List.of(Json.text("x"))));

    assertThat(new Activity(attached).withoutAttachments().json().members().keySet())
        .containsExactlyInAnyOrder("type", "id", "text");
  }

  private static Activity message(String id, String from, String text) {
    return new Activity(
        Json.object()
            .put("type", "message")
            .put("id", id)
            .put("from", Json.object().put("id", from).build())
            .put("text", text)
            .build());
  }

  @Test
  void joinsAnAnswerInHundredsOfThousandsOfParts() {
    List<String> parts = new ArrayList<>(List.of("{\"a\": \""));
    parts.addAll(Collections.nCopies(500_000, "12345678"));

    assertThat(BotAnswer.joined(parts)).hasSize(7 + 4_000_000).doesNotContain("\n");
  }
}
