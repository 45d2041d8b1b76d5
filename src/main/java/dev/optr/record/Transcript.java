package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A lane's transcript as it is stored: one JSON object per line in its canonical form, redacted, at
 * most 1 MiB. Where messages were left out, the last line is {@code {"cut":{"messages":n}}}; such a
 * last message is a marker already, so that what was stored is stored the same again.
 */
final class Transcript {
  static final int LARGEST = 1 << 20;
  private static final int ROOM_FOR_MARKER = 64;

  private Transcript() {}

  static Bytes of(List<JsonObject> messages, Prose prose) {
    StringBuilder lines = new StringBuilder();
    int size = 0;
    for (int i = 0; i < messages.size(); i++) {
      String line = CanonicalJson.text(prose.message(messages.get(i))) + "\n";
      size += line.getBytes(StandardCharsets.UTF_8).length;
      boolean isLast = i == messages.size() - 1;
      int most = isLast && isMarker(messages.get(i)) ? LARGEST : LARGEST - ROOM_FOR_MARKER;
      if (size > most) {
        String marker = CanonicalJson.text(marker(messages.size() - i)) + "\n";
        return Bytes.utf8(lines.append(marker).toString());
      }
      lines.append(line);
    }
    return Bytes.utf8(lines.toString());
  }

  private static boolean isMarker(JsonObject message) {
    Long messages = message.object("cut").integer("messages");
    return messages != null && message.equals(marker(messages));
  }

  private static JsonObject marker(long messages) {
    JsonObject cut = Json.object().put("messages", messages).build();
    return Json.object().put("cut", cut).build();
  }
}
