package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** The chat API of Graph or of Work IQ, on loopback: every answer echoes what it answers first. */
public final class CopilotChatPlayer implements AutoCloseable {
  private static final String CONVERSATION = "0d110e7e-2b7e-4270-a899-fd2af6fde333";

  private final String path;
  private final String token;
  private final List<String> script;
  private final PlayerServer server;
  private final List<JsonObject> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Deque<PlayerServer.Answer> failures = new ArrayDeque<>();
  private String state = "active";

  private CopilotChatPlayer(String path, String token, List<String> script) {
    this.path = path;
    this.token = token;
    this.script = script;
    this.server = PlayerServer.start(this::answer);
  }

  public static CopilotChatPlayer graph(String token, String... script) {
    return new CopilotChatPlayer("/beta/copilot/conversations", token, List.of(script));
  }

  public static CopilotChatPlayer workIq(String token, String... script) {
    return new CopilotChatPlayer("/rest/conversations", token, List.of(script));
  }

  public String base() {
    return server.base();
  }

  /** The next chat fails so. */
  public synchronized CopilotChatPlayer fails(int status, String code, String retryAfter) {
    PlayerServer.Answer error = error(status, code);
    failures.add(retryAfter.isEmpty() ? error : error.with("Retry-After", retryAfter));
    return this;
  }

  /** Every conversation is in this state after its first answer. */
  public synchronized CopilotChatPlayer in(String newState) {
    state = newState;
    return this;
  }

  /** The bodies of all chats, in order. */
  public synchronized List<JsonObject> requests() {
    return List.copyOf(requests);
  }

  /** What was wrong with requests. */
  public synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized PlayerServer.Answer answer(PlayerServer.Asked asked) {
    if (!asked.authorization().equals("Bearer " + token)) {
      return error(401, "InvalidAuthenticationToken");
    }
    if (asked.operation().equals("POST " + path)) {
      check("m365-conversation-request", asked.body());
      return PlayerServer.Answer.of(201, conversation(0, List.of(), "active"));
    }
    if (!asked.operation().equals("POST " + path + "/" + CONVERSATION + "/chat")) {
      complaints.add("unknown request: " + asked.operation());
      return error(404, "itemNotFound");
    }
    check(VendorSchemas.M365_CHAT, asked.body());
    return failures.isEmpty() ? chat(asked.body()) : failures.remove();
  }

  private PlayerServer.Answer chat(String body) {
    try {
      JsonObject request = JsonReader.readObject(body.getBytes(UTF_8));
      requests.add(request);
      String asked = Objects.requireNonNull(request.object("message").text("text"));
      String said = script.get(Math.min(requests.size(), script.size()) - 1);
      return PlayerServer.Answer.of(
              200,
              conversation(
                  requests.size(), List.of(message("m1", asked), message("m2", said)), state))
          .with("request-id", "req_" + requests.size());
    } catch (JsonException e) {
      complaints.add("no JSON: " + e.getMessage());
      return error(400, "BadRequest");
    }
  }

  private void check(String schema, String body) {
    if (VendorSchemas.present()) {
      complaints.addAll(VendorSchemas.check(schema, body));
    }
  }

  private static JsonObject message(String id, String text) {
    return Json.object()
        .put("@odata.type", "#microsoft.graph.copilotConversationResponseMessage")
        .put("id", id)
        .put("text", text)
        .put("createdDateTime", "2026-11-22T06:00:06Z")
        .put("adaptiveCards", Json.array(List.of(Json.object().build())))
        .put("attributions", Json.array(List.of()))
        .build();
  }

  private static JsonObject conversation(int turns, List<JsonObject> messages, String state) {
    Json.Builder conversation =
        Json.object()
            .put("id", CONVERSATION)
            .put("createdDateTime", "2026-11-22T06:00:00Z")
            .put("displayName", "")
            .put("state", state)
            .put("turnCount", turns);
    return messages.isEmpty()
        ? conversation.build()
        : conversation.put("messages", Json.array(messages)).build();
  }

  private static PlayerServer.Answer error(int status, String code) {
    JsonObject error = Json.object().put("code", code).put("message", "It did not work").build();
    return PlayerServer.Answer.of(status, Json.object().put("error", error).build());
  }
}
