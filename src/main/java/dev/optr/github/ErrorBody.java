package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what GitHub says about an error: {@code message}, and the message of each of the errors.
 */
final class ErrorBody {
  private static final int LONGEST = 500;

  private ErrorBody() {}

  static String message(Reply reply) {
    try {
      return message(JsonReader.readObject(reply.body().toArray()));
    } catch (JsonException aPageForPeople) {
      return "no message";
    }
  }

  static String message(JsonObject body) {
    String message = String.join("; ", messages(body)).replaceAll("\\p{C}+", " ").strip();
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
  }

  private static List<String> messages(JsonObject body) {
    List<String> messages = new ArrayList<>();
    add(body.text("message"), messages);
    for (Json error : body.array("errors")) {
      if (error instanceof JsonObject object) {
        add(object.text("message"), messages);
      } else if (error instanceof Json.Text(String text)) {
        add(text, messages);
      }
    }
    return messages;
  }

  private static void add(@Nullable String message, List<String> messages) {
    if (message != null) {
      messages.add(message);
    }
  }
}
