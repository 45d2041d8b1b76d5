package dev.optr.agents.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.HttpReply;
import dev.optr.base.Bytes;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StreamedMessageTest {
  private static final String START =
      "data: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"usage\":{\"input_tokens\":1}}}\n\n";
  private static final String STOP = "data: {\"type\":\"message_stop\"}\n\n";

  private static JsonObject read(String stream) throws IOException {
    HttpReply reply =
        new HttpReply(200, Map.of("content-type", "text/event-stream"), Bytes.utf8(stream), false);
    return StreamedMessage.of(reply, () -> {}).json().orElseThrow();
  }

  @Test
  void readsAnEndOfHundredsOfThousandsOfMembers() throws IOException {
    StringBuilder counts = new StringBuilder("\"output_tokens\":2");
    for (int i = 0; i < 300_000; i++) {
      counts.append(",\"c").append(i).append("\":1");
    }

    JsonObject message =
        read(
            START
                + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{"
                + counts
                + "}}\n\n"
                + STOP);

    assertThat(message.text("stop_reason")).isEqualTo("end_turn");
    assertThat(message.object("usage").members()).hasSize(300_002);
    assertThat(message.object("usage").integer("input_tokens")).isEqualTo(1);
  }

  @Test
  void keepsWhatAnEndLeavesOut() throws IOException {
    JsonObject message =
        read(
            START
                + "data: {\"type\":\"message_delta\",\"delta\":{\"id\":null},\"usage\":{\"input_tokens\":null}}\n\n"
                + STOP);

    assertThat(message.text("id")).isEqualTo("m");
    assertThat(message.object("usage").integer("input_tokens")).isEqualTo(1);
  }
}
