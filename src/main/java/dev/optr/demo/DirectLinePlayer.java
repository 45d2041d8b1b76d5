package dev.optr.demo;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A bot behind Direct Line 3.0: answers come as activities that are polled for. Every token is for
 * a conversation of its own.
 */
final class DirectLinePlayer implements Player {
  private static final String BASE = "/v3/directline";
  private static final String CONVERSATIONS = BASE + "/conversations";
  private static final String ACTIVITIES = "/activities";
  private static final String TOKEN = "played-";
  private static final long TOKEN_SECONDS = 1800;

  private final RecordedConversation conversation;
  private final Map<String, DirectLineTalk> talks = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();

  DirectLinePlayer(RecordedConversation conversation) {
    this.conversation = conversation;
  }

  @Override
  public PlayedReply answer(PlayedRequest request) throws InterruptedException {
    if (request.is("POST", BASE + "/tokens/generate")) {
      return PlayedReply.ok(token("demo-" + opened.incrementAndGet()));
    }
    if (request.is("POST", BASE + "/tokens/refresh")) {
      return PlayedReply.ok(token(talkOf(request)));
    }
    if (request.is("POST", CONVERSATIONS)) {
      String id = talkOf(request);
      talks.putIfAbsent(id, new DirectLineTalk(id, conversation));
      return new PlayedReply(201, token(id));
    }
    @Nullable DirectLineTalk talk = talks.get(talkOf(request));
    if (talk != null && request.path().equals(CONVERSATIONS + "/" + talk.id() + ACTIVITIES)) {
      return PlayedReply.ok(
          "POST".equals(request.method())
              ? talk.heard(request.body())
              : talk.since(request.query().getOrDefault("watermark", "0")));
    }
    Json error =
        Json.object().put("code", "BadArgument").put("message", "no such operation").build();
    return new PlayedReply(404, Json.object().put("error", error).build());
  }

  private static String talkOf(PlayedRequest request) {
    return request.bearer().startsWith(TOKEN) ? request.bearer().substring(TOKEN.length()) : "";
  }

  private static JsonObject token(String talk) {
    return Json.object()
        .put("conversationId", talk)
        .put("token", TOKEN + talk)
        .put("expires_in", TOKEN_SECONDS)
        .build();
  }
}
