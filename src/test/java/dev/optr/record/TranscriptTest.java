package dev.optr.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
  private static final String OURS = "our-own-key-of-this-very-run";
  private static final String FOREIGN = "glpat-" + "ZYXWVUTSRQ9876543210";

  @Test
  void holdsNoCredentialWhoeverWroteIt() throws JsonException {
    Prose prose = new Prose(new Redactor(List.of(Secret.of(OURS))));
    JsonObject message =
        Json.object()
            .put("role", "assistant")
            .put("calls", Json.texts(List.of("use " + FOREIGN + " or " + OURS + " there")))
            .build();

    String stored = Transcript.of(List.of(message), prose).utf8();

    assertThat(stored).contains("use *** or *** there").doesNotContain(FOREIGN, OURS);
    JsonObject again = (JsonObject) JsonReader.read(stored);
    assertThat(Transcript.of(List.of(again), Written.PROSE).utf8()).isEqualTo(stored);
  }
}
