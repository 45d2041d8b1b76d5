package dev.optr.agents.microsoft;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One activity of a conversation (Bot Framework, "Activity schema"). All of it is hostile.
 *
 * @param json as it came
 */
record Activity(JsonObject json) {
  private static final List<String> KEPT =
      List.of("type", "id", "timestamp", "from", "text", "inputHint", "replyToId", "code");

  static JsonObject message(String user, String text) {
    return Json.object()
        .put("type", "message")
        .put("from", from(user))
        .put("locale", "en-US")
        .put("textFormat", "plain")
        .put("text", text)
        .build();
  }

  static JsonObject end(String user) {
    return Json.object().put("type", "endOfConversation").put("from", from(user)).build();
  }

  private static JsonObject from(String user) {
    return Json.object().put("id", user).build();
  }

  String type() {
    return Objects.requireNonNullElse(json.text("type"), "");
  }

  /** Empty where it has none. */
  String id() {
    return Objects.requireNonNullElse(json.text("id"), "");
  }

  boolean isFrom(String user) {
    return user.equals(json.object("from").text("id"));
  }

  String text() {
    return Objects.requireNonNullElse(json.text("text"), "");
  }

  boolean answers(String sentId) {
    return sentId.equals(json.text("replyToId"));
  }

  /** The bot says that it is done for now. */
  boolean waitsForInput() {
    return switch (Objects.requireNonNullElse(json.text("inputHint"), "")) {
      case "acceptingInput", "expectingInput" -> true;
      default -> false;
    };
  }

  /**
   * A page of activities for the transcript: our own messages by their length, attachments by their
   * number, since nothing of them is read.
   */
  static JsonObject kept(JsonObject page, String user) {
    if (page.get("activities") == null) {
      return page;
    }
    List<JsonObject> activities =
        page.array("activities").stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .map(json -> new Activity(json).kept(user))
            .toList();
    return page.with("activities", Json.array(activities));
  }

  /** With nothing but what is read here: a bot attaches what it likes. */
  Activity withoutAttachments() {
    Json.Builder read = Json.object();
    for (String name : List.of("type", "id", "text", "inputHint", "replyToId")) {
      @Nullable String value = json.text(name);
      if (value != null) {
        read.put(name, value);
      }
    }
    return new Activity(read.build());
  }

  private JsonObject kept(String user) {
    Json.Builder kept = Json.object();
    for (String name : KEPT) {
      Json value = json.get(name);
      if (value != null) {
        boolean echo = name.equals("text") && isFrom(user);
        kept.put(name, echo ? Json.text("[our message of " + text().length() + "]") : value);
      }
    }
    int attachments = json.array("attachments").size();
    if (attachments > 0) {
      kept.put("attachmentsIgnored", attachments);
    }
    return kept.build();
  }
}
