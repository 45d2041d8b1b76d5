package dev.optr.agents.microsoft;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One conversation's place at Direct Line: the secret buys a token that is good for this
 * conversation alone, and only the token is used from then on. It is renewed at half of its life.
 */
final class DirectLineSession {
  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final Duration ENDING = Duration.ofMillis(900);
  // It goes into the URL of the next look.
  private static final int LONGEST_WATERMARK = 512;
  private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~=+@$|-]{1,200}");

  private final DirectLineApi api;
  private final Map<String, Object> secret;
  private final String user;
  private final String check;
  private final LaneRequests requests;
  private Map<String, Object> token = Map.of();
  private Instant renewal = Instant.MAX;
  private String conversation = "";
  private @Nullable String watermark;
  private int status;

  /**
   * @param secret as a header
   * @param check what to look at where the secret is refused
   */
  DirectLineSession(
      DirectLineApi api,
      Map<String, Object> secret,
      String user,
      String check,
      LaneRequests requests) {
    this.api = api;
    this.secret = secret;
    this.user = user;
    this.check = check;
    this.requests = requests;
  }

  /** Begins a conversation; gives what went wrong. */
  Optional<LaneRequests.Failed> open() throws InterruptedException {
    JsonObject asUser = Json.object().put("id", user).build();
    String body = CompactJson.exact(Json.object().put("user", asUser).build());
    Optional<LaneRequests.Failed> refused = grant(() -> api.generate(secret, body));
    return refused.isPresent() ? refused : grant(() -> api.start(token));
  }

  /** Sends an activity; whether it arrived is not known where {@link #isDoubtful}. */
  LaneRequests.Sent send(JsonObject activity) throws InterruptedException {
    String body = CompactJson.exact(activity);
    return authorized(
        call -> requests.sendOnce(body, call), () -> api.send(token, conversation, body));
  }

  /** What is new since the last page. */
  LaneRequests.Sent page() throws InterruptedException {
    return authorized(
        call -> requests.poll(DirectLineSession::isNews, call),
        () -> api.activities(token, conversation, watermark));
  }

  /** A page that is none is news too: it ends the lane. */
  private static boolean isNews(HttpReply reply) {
    return reply
        .json()
        .map(
            page ->
                !(page.get("activities") instanceof Json.Array(List<Json> found)
                    && found.isEmpty()))
        .orElse(true);
  }

  /** The last page is read; gives what is wrong with it. */
  Optional<LaneRequests.Failed> read(JsonObject page) {
    String next = Objects.requireNonNullElse(page.text("watermark"), "");
    if (next.length() > LONGEST_WATERMARK) {
      return Optional.of(
          new LaneRequests.Failed(
              FailureCode.SERVICE,
              "Direct Line answered with a watermark of %d characters, expected at most %d"
                  .formatted(next.length(), LONGEST_WATERMARK)));
    }
    watermark = page.text("watermark") == null ? watermark : next;
    return Optional.empty();
  }

  /** True where the last request was perhaps acted upon, although it has failed. */
  boolean isDoubtful() {
    return status == 0 || status >= 500;
  }

  /** True where the last answer said that there is no such conversation any more. */
  boolean isOver() {
    return status == 404;
  }

  /** Says that nobody listens any more; never waits for long. */
  void end() {
    if (conversation.isEmpty()) {
      return;
    }
    Map<String, Object> headers = token;
    String body = CompactJson.exact(Activity.end(user));
    Thread ending =
        Thread.ofVirtual().start(() -> leave(() -> api.send(headers, conversation, body)));
    try {
      ending.join(ENDING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ending.interrupt();
  }

  private static void leave(Retries.Call call) {
    try {
      ProviderHttp.send(call);
    } catch (IOException | InterruptedException nobodyHears) {
      // The conversation ends by itself after a while.
    }
  }

  /** How a request is sent. */
  private interface Sending {
    LaneRequests.Sent send(Retries.Call call) throws InterruptedException;
  }

  private LaneRequests.Sent authorized(Sending sending, Retries.Call call)
      throws InterruptedException {
    if (!requests.now().isBefore(renewal)) {
      // What cannot be renewed now can perhaps be used a little longer.
      renewal = requests.now().plus(AGAIN);
      grant(() -> api.refresh(token));
    }
    WatchedCall watched = new WatchedCall(call);
    LaneRequests.Sent sent = sending.send(watched);
    status = watched.status();
    // 403 is what an expired token gets; the request itself was not looked at.
    if (status != 403 || grant(() -> api.reconnect(secret, conversation, watermark)).isPresent()) {
      return sent;
    }
    WatchedCall again = new WatchedCall(call);
    LaneRequests.Sent resent = sending.send(again);
    status = again.status();
    return resent;
  }

  /** Asks for a token and takes it over. */
  private Optional<LaneRequests.Failed> grant(Retries.Call call) throws InterruptedException {
    Retries.Attempts attempts = requests.sendForCredential(() -> ProviderHttp.send(call));
    @Nullable HttpReply reply = attempts.reply();
    if (reply == null) {
      return Optional.of(
          new LaneRequests.Failed(
              attempts.timedOut() ? FailureCode.TIMEOUT : FailureCode.SERVICE,
              "Direct Line gave no whole answer to the request for a token"));
    }
    if (!reply.isSuccess()) {
      return Optional.of(refused(reply));
    }
    return reply.json().map(this::take).orElse(false)
        ? Optional.empty()
        : Optional.of(
            new LaneRequests.Failed(
                FailureCode.SERVICE, "Direct Line answered without a token or a conversation"));
  }

  private LaneRequests.Failed refused(HttpReply reply) {
    ProviderFailure failure = MicrosoftError.of(reply);
    FailureCode code = failure.code(reply.status());
    String named = failure.code() == null ? "" : " (" + failure.code() + ")";
    String hint = code == FailureCode.AUTH ? "; check " + check : "";
    return new LaneRequests.Failed(
        code,
        "Direct Line answered " + reply.status() + named + " to the request for a token" + hint);
  }

  private boolean take(JsonObject granted) {
    @Nullable String given = granted.text("token");
    @Nullable String id = granted.text("conversationId");
    boolean badId = id != null && !ID.matcher(id).matches();
    boolean badToken = given != null && !isSendable(given);
    boolean nothing = id == null && given == null;
    if (nothing || badId || badToken) {
      return false;
    }
    conversation = Objects.requireNonNullElse(id, conversation);
    if (given != null) {
      Secret minted = requests.minted(given);
      token = new HashMap<>(Map.of("Authorization", "Bearer " + minted.reveal()));
      renewal = requests.now().plus(life(granted).dividedBy(2));
    }
    return !token.isEmpty() && !conversation.isEmpty();
  }

  private static boolean isSendable(String token) {
    return !token.isBlank() && token.chars().allMatch(c -> 0x21 <= c && c <= 0x7e);
  }

  private static Duration life(JsonObject granted) {
    @Nullable Long seconds = granted.integer("expires_in");
    return seconds == null || seconds < 1 || seconds > LIFE.toSeconds()
        ? LIFE
        : Duration.ofSeconds(seconds);
  }
}
