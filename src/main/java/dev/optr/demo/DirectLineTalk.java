package dev.optr.demo;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One conversation with a bot, which calls tools in its text. */
final class DirectLineTalk {
  private final String id;
  private final RecordedConversation conversation;
  private final List<JsonObject> activities = new ArrayList<>();
  private int turns;

  DirectLineTalk(String id, RecordedConversation conversation) {
    this.id = id;
    this.conversation = conversation;
  }

  String id() {
    return id;
  }

  /** Takes an activity, and answers it where it is a message; gives the activity's id. */
  JsonObject heard(JsonObject activity) throws InterruptedException {
    boolean message = "message".equals(activity.text("type"));
    if (message) {
      Thread.sleep(conversation.thinking());
    }
    synchronized (activities) {
      String heard = add(activity, "");
      if (message) {
        String text = CompactJson.exact(activity);
        for (RecordedConversation.RecordedCall call : conversation.answer(text, turns).calls()) {
          add(said(call, heard), "expectingInput");
        }
        turns++;
      }
      return Json.object().put("id", heard).build();
    }
  }

  JsonObject since(String watermark) {
    synchronized (activities) {
      int from = Math.min(Integer.parseInt(watermark), activities.size());
      return Json.object()
          .put("activities", Json.array(activities.subList(from, activities.size())))
          .put("watermark", Objects.toString(activities.size()))
          .build();
    }
  }

  private String add(JsonObject activity, String inputHint) {
    String activityId = "%s|%07d".formatted(id, activities.size() + 1);
    JsonObject added = activity.with("id", Json.text(activityId));
    activities.add(inputHint.isEmpty() ? added : added.with("inputHint", Json.text(inputHint)));
    return activityId;
  }

  private JsonObject said(RecordedConversation.RecordedCall call, String replyToId) {
    JsonObject protocol =
        Json.object().put("tool", call.tool()).put("arguments", call.arguments()).build();
    return Json.object()
        .put("type", "message")
        .put("from", Json.object().put("id", "bot").put("role", "bot").build())
        .put("conversation", Json.object().put("id", id).build())
        .put("text", "```json\n" + CompactJson.exact(protocol) + "\n```")
        .put("replyToId", replyToId)
        .build();
  }
}
