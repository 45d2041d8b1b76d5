package dev.optr.demo;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A bot behind Direct Line 3.0: one conversation, answers as activities that are polled for. Tools
 * are called in its text.
 */
final class DirectLinePlayer implements Player {
  private static final String BASE = "/v3/directline";
  private static final String CONVERSATION = "demo";
  private static final long TOKEN_SECONDS = 1800;

  private final RecordedConversation conversation;
  private final List<JsonObject> activities = new ArrayList<>();
  private int turns;

  DirectLinePlayer(RecordedConversation conversation) {
    this.conversation = conversation;
  }

  @Override
  public PlayedReply answer(PlayedRequest request) throws InterruptedException {
    String activitiesPath = BASE + "/conversations/" + CONVERSATION + "/activities";
    if (request.is("POST", BASE + "/tokens/generate")
        || request.is("POST", BASE + "/tokens/refresh")) {
      return PlayedReply.ok(token());
    }
    if (request.is("POST", BASE + "/conversations")) {
      return new PlayedReply(201, token());
    }
    if (request.is("POST", activitiesPath)) {
      return PlayedReply.ok(heard(request.body()));
    }
    if (request.is("GET", activitiesPath)) {
      return PlayedReply.ok(since(request.query().getOrDefault("watermark", "0")));
    }
    JsonObject error =
        Json.object().put("code", "BadArgument").put("message", "no such operation").build();
    return new PlayedReply(404, Json.object().put("error", error).build());
  }

  private static JsonObject token() {
    return Json.object()
        .put("conversationId", CONVERSATION)
        .put("token", "played")
        .put("expires_in", TOKEN_SECONDS)
        .build();
  }

  private JsonObject heard(JsonObject activity) throws InterruptedException {
    if ("message".equals(activity.text("type"))) {
      Thread.sleep(conversation.thinking());
    }
    synchronized (activities) {
      String id = add(activity, "");
      if ("message".equals(activity.text("type"))) {
        for (RecordedConversation.RecordedCall call : conversation.turn(turns).calls()) {
          add(said(call, id), "expectingInput");
        }
        turns++;
      }
      return Json.object().put("id", id).build();
    }
  }

  private String add(JsonObject activity, String inputHint) {
    String id = "%s|%07d".formatted(CONVERSATION, activities.size() + 1);
    JsonObject added = activity.with("id", Json.text(id));
    activities.add(inputHint.isEmpty() ? added : added.with("inputHint", Json.text(inputHint)));
    return id;
  }

  private static JsonObject said(RecordedConversation.RecordedCall call, String replyToId) {
    JsonObject protocol =
        Json.object().put("tool", call.tool()).put("arguments", call.arguments()).build();
    return Json.object()
        .put("type", "message")
        .put("from", Json.object().put("id", "bot").put("role", "bot").build())
        .put("conversation", Json.object().put("id", CONVERSATION).build())
        .put("text", "```json\n" + CompactJson.exact(protocol) + "\n```")
        .put("replyToId", replyToId)
        .build();
  }

  private JsonObject since(String watermark) {
    synchronized (activities) {
      int from = Math.min(Integer.parseInt(watermark), activities.size());
      return Json.object()
          .put("activities", Json.array(activities.subList(from, activities.size())))
          .put("watermark", Objects.toString(activities.size()))
          .build();
    }
  }
}
