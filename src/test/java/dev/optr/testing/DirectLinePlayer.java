package dev.optr.testing;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Direct Line and a bot behind it, on loopback: tokens that must be the right ones, opaque
 * watermarks, and activities that appear after a number of looks.
 */
public final class DirectLinePlayer implements AutoCloseable {
  public static final String BOT = "bot1";

  private static final String CONVERSATION = "AbC-1-europe";
  private static final Pattern POLL = Pattern.compile(".*/activities\\?watermark=(.*)");

  private final String secret;
  private final Bot bot;
  private final PlayerServer server;
  private final Deque<Failure> failures = new ArrayDeque<>();
  private final List<JsonObject> shown = new ArrayList<>();
  private final List<Later> later = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private long lifetime = 1800;
  private int looks;
  private int activities;
  private boolean ended;

  private DirectLinePlayer(String secret, Bot bot) {
    this.secret = secret;
    this.bot = bot;
    this.server = PlayerServer.start(this::answer);
  }

  /** What a bot says to a message. */
  @FunctionalInterface
  public interface Bot {
    /**
     * @param turn from 1
     * @param sentId of the message
     */
    List<Later> answer(int turn, String text, String sentId);
  }

  /**
   * An activity without id.
   *
   * @param looks until it can be seen
   */
  public record Later(int looks, JsonObject activity) {}

  /**
   * @param operation how the request begins, such as {@code POST /v3/directline/tokens/generate}
   * @param delivered the request is acted upon all the same
   */
  private record Failure(
      String operation, int status, String code, @Nullable String retryAfter, boolean delivered) {}

  public static DirectLinePlayer start(String secret, Bot bot) {
    return new DirectLinePlayer(secret, bot);
  }

  /** A bot that says these, one per turn, the last again and again. */
  public static DirectLinePlayer saying(String secret, String... texts) {
    return start(
        secret,
        (turn, _, sentId) ->
            List.of(
                new Later(1, typing()),
                new Later(
                    2,
                    message(texts[Math.min(turn, texts.length) - 1], sentId, "acceptingInput"))));
  }

  public static JsonObject typing() {
    return Json.object().put("type", "typing").put("from", from()).build();
  }

  public static JsonObject message(
      String text, @Nullable String replyTo, @Nullable String inputHint) {
    Json.Builder message =
        Json.object().put("type", "message").put("from", from()).put("text", text);
    if (inputHint != null) {
      message.put("inputHint", inputHint);
    }
    if (replyTo != null) {
      message.put("replyToId", replyTo);
    }
    return message.build();
  }

  public static JsonObject end() {
    return Json.object().put("type", "endOfConversation").put("from", from()).build();
  }

  private static JsonObject from() {
    return Json.object().put("id", BOT).put("role", "bot").build();
  }

  /** The base URL, without a final slash. */
  public String base() {
    return server.base();
  }

  /** Each token lives for so many seconds. */
  public synchronized DirectLinePlayer tokensLive(long seconds) {
    lifetime = seconds;
    return this;
  }

  /** The next such request fails. */
  public synchronized DirectLinePlayer fails(String operation, int status, String code) {
    failures.add(new Failure(operation, status, code, null, false));
    return this;
  }

  /** The next such request is acted upon, and answered with a failure. */
  public synchronized DirectLinePlayer failsAfterwards(String operation, int status, String code) {
    failures.add(new Failure(operation, status, code, null, true));
    return this;
  }

  /** The next such request is throttled. */
  public synchronized DirectLinePlayer throttles(String operation, String retryAfter) {
    failures.add(new Failure(operation, 429, "TooManyRequests", retryAfter, false));
    return this;
  }

  /** Shown before anybody has said anything. */
  public synchronized DirectLinePlayer greets(JsonObject activity) {
    show(activity);
    return this;
  }

  /** What was said to the bot, in order. */
  public synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  /** What was wrong with requests. */
  public synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Every token that was given out. */
  public synchronized List<String> tokens() {
    return List.copyOf(tokens);
  }

  /** True where the conversation was ended by us. */
  public synchronized boolean isEnded() {
    return ended;
  }

  /** How often each operation was asked for, in the words of the request line. */
  public long asked(String operation) {
    return server.asked().stream().filter(it -> it.operation().startsWith(operation)).count();
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized PlayerServer.Answer answer(PlayerServer.Asked asked) {
    Failure failure = failures.peek();
    if (failure != null && asked.operation().startsWith(failure.operation())) {
      failures.remove();
      if (failure.delivered()) {
        played(asked);
      }
      PlayerServer.Answer error = error(failure.status(), failure.code());
      return failure.retryAfter() == null ? error : error.with("Retry-After", failure.retryAfter());
    }
    return played(asked);
  }

  private PlayerServer.Answer played(PlayerServer.Asked asked) {
    String place = "/v3/directline/conversations/" + CONVERSATION;
    if (asked.operation().equals("POST /v3/directline/tokens/generate")) {
      return bears(asked, secret) ? granted(200, asked.body()) : error(403, "BadArgument");
    }
    if (asked.method().equals("GET") && asked.path().replaceFirst("\\?.*", "").equals(place)) {
      return bears(asked, secret) ? granted(200, "") : error(403, "BadArgument");
    }
    if (tokens.isEmpty() || !bears(asked, tokens.getLast())) {
      return error(403, "TokenExpired");
    }
    return switch (asked.method() + " " + asked.path().replaceFirst("\\?.*", "")) {
      case "POST /v3/directline/tokens/refresh" -> granted(200, "");
      case "POST /v3/directline/conversations" -> granted(201, "");
      case String send when send.equals("POST " + place + "/activities") -> sent(asked.body());
      case String poll when poll.equals("GET " + place + "/activities") -> page(asked.path());
      default -> complained(404, "unknown request: " + asked.operation());
    };
  }

  private static boolean bears(PlayerServer.Asked asked, String credential) {
    return asked.authorization().equals("Bearer " + credential);
  }

  private PlayerServer.Answer granted(int status, String body) {
    if (!body.isEmpty() && VendorSchemas.present()) {
      complaints.addAll(VendorSchemas.check("direct-line-token-request", body));
    }
    tokens.add("directline-token-" + (tokens.size() + 1) + "-0123456789");
    return PlayerServer.Answer.of(
        status,
        Json.object()
            .put("conversationId", CONVERSATION)
            .put("token", tokens.getLast())
            .put("expires_in", lifetime)
            .put("streamUrl", "wss://example.invalid?t=" + tokens.getLast())
            .build());
  }

  private PlayerServer.Answer sent(String body) {
    if (VendorSchemas.present()) {
      complaints.addAll(VendorSchemas.check(VendorSchemas.DIRECT_LINE_ACTIVITY, body));
    }
    try {
      JsonObject activity = JsonReader.readObject(body.getBytes(StandardCharsets.UTF_8));
      if ("endOfConversation".equals(activity.text("type"))) {
        ended = true;
        return accepted(activity);
      }
      if (body.getBytes(StandardCharsets.UTF_8).length > 256 << 10) {
        return complained(413, "MessageSizeTooBig");
      }
      String text = Objects.requireNonNull(activity.text("text"));
      heard.add(text);
      PlayerServer.Answer answer = accepted(activity);
      String id = Objects.requireNonNull(shown.getLast().text("id"));
      for (Later later : bot.answer(heard.size(), text, id)) {
        this.later.add(new Later(looks + later.looks(), later.activity()));
      }
      return answer;
    } catch (JsonException e) {
      return complained(400, "MissingProperty");
    }
  }

  private PlayerServer.Answer accepted(JsonObject activity) {
    show(activity);
    return PlayerServer.Answer.of(200, Json.object().put("id", shown.getLast().text("id")).build());
  }

  private void show(JsonObject activity) {
    activities++;
    String id = CONVERSATION + "|%07d".formatted(activities);
    shown.add(activity.with("id", Json.text(id)));
  }

  private PlayerServer.Answer page(String path) {
    Matcher watermark = POLL.matcher(path);
    int from = watermark.matches() ? Integer.parseInt(watermark.group(1).substring(2)) : 0;
    if (from == shown.size()) {
      looks++;
      later.stream().filter(it -> it.looks() <= looks).forEach(it -> show(it.activity()));
      later.removeIf(it -> it.looks() <= looks);
    }
    return PlayerServer.Answer.of(
        200,
        Json.object()
            .put("activities", Json.array(shown.subList(from, shown.size())))
            .put("watermark", "w-" + shown.size())
            .build());
  }

  private PlayerServer.Answer complained(int status, String complaint) {
    complaints.add(complaint);
    return error(status, complaint.contains(" ") ? "BadArgument" : complaint);
  }

  private static PlayerServer.Answer error(int status, String code) {
    JsonObject error = Json.object().put("code", code).put("message", "It did not work").build();
    return PlayerServer.Answer.of(status, Json.object().put("error", error).build());
  }
}
