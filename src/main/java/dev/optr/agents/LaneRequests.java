package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.CompactJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sends one lane's requests: tried again where that helps, counted and written down. */
public final class LaneRequests {
  /**
   * The most characters that one request carries. No model reads as much, and a conversation, which
   * each request carries whole, must not outgrow the memory.
   */
  static final int LONGEST = 64 << 20;

  private final Provider provider;
  private final LaneFailures failures;
  private final Retries retries;
  private final Redactor redactor;
  private final LaneLog log;
  private final Instant deadline;
  private final List<Secret> minted = new ArrayList<>();
  private Redactor fresh = new Redactor(List.of());

  /**
   * @param redactor of the lane's own credentials, for what a provider says in its errors
   */
  LaneRequests(
      AgentSpec spec,
      String model,
      Provider provider,
      Retries retries,
      Redactor redactor,
      LaneLog log) {
    this.provider = provider;
    this.failures = new LaneFailures(spec, model, provider);
    this.retries = retries;
    this.redactor = redactor;
    this.log = log;
    this.deadline = log.startedAt().plus(spec.timeout());
  }

  /** How a request ended. */
  public sealed interface Sent {}

  /**
   * @param reply a success, whole
   */
  public record Answered(HttpReply reply) implements Sent {}

  public record Failed(FailureCode code, String message) implements Sent {
    public Turn turn() {
      return Turn.failed(code, message);
    }
  }

  /** When the lane's time is over. */
  public Instant deadline() {
    return deadline;
  }

  /** The present. */
  public Instant now() {
    return retries.now();
  }

  /** Waits between two looks at work that the provider does meanwhile. */
  public void pause(Duration duration) throws InterruptedException {
    retries.pause(duration);
  }

  /**
   * Sends a request until it is answered, or no further attempt is worth making.
   *
   * @param body what is sent, for its digest; empty where nothing is
   */
  public Sent send(String body, Retries.Call call) throws InterruptedException {
    return send(body, _ -> true, call);
  }

  /**
   * Sends a request that must not arrive twice: tried again only where the provider surely did
   * nothing with it.
   *
   * @param body what is sent, for its digest
   */
  public Sent sendOnce(String body, Retries.Call call) throws InterruptedException {
    return ended(retries.sendOnce(deadline, recorded(body, _ -> true, call)));
  }

  /**
   * Looks at work that the provider does meanwhile: sent like any other request, but an answer
   * without news is not written down.
   */
  public Sent poll(Predicate<HttpReply> news, Retries.Call call) throws InterruptedException {
    return send("", reply -> !reply.isSuccess() || news.test(reply), call);
  }

  /** Tells those who watch the lane. */
  void tell(LaneEvent event) {
    log.tell(event);
  }

  /** From now on the lane is told this instead of the prompt that it began with. */
  public void prompt(Prompt prompt) {
    log.line(prompt.line());
  }

  /** What was asked for is not answered yet: until it is, nobody knows what it takes. */
  public void stillRunning() {
    log.running();
  }

  private Sent send(String body, Predicate<HttpReply> kept, Retries.Call call)
      throws InterruptedException {
    if (body.length() > LONGEST) {
      return new Failed(
          FailureCode.SERVICE,
          "the conversation has grown to more than %d characters, whatever tokens were told"
              .formatted(LONGEST));
    }
    return ended(
        retries.send(
            deadline, reply -> provider.failure(reply).isQuota(), recorded(body, kept, call)));
  }

  private Retries.Call recorded(String body, Predicate<HttpReply> kept, Retries.Call call) {
    String sha256 = Digest.sha256(body.getBytes(UTF_8));
    Attempt attempt = new Attempt();
    return () -> {
      log.asked();
      attempt.begin();
      HttpReply reply = sent(call);
      if (kept.test(reply)) {
        log.exchanged(exchanged(sha256, reply));
      }
      return reply;
    };
  }

  private Sent ended(Retries.Attempts attempts) {
    @Nullable HttpReply reply = attempts.reply();
    if (reply == null) {
      return failures.unanswered(attempts);
    }
    if (reply.tooLarge()) {
      log.usedUnknown();
      return failures.tooLarge();
    }
    if (!reply.isSuccess()) {
      return failures.answered(reply, this::quoted);
    }
    return holdsMinted(reply) ? failures.ownToken() : new Answered(reply);
  }

  /**
   * Sends a request whose answer is a credential: tried again and counted like any other, but
   * nothing of the answer is written down, and what is wrong with it is the caller's to say.
   */
  public Retries.Attempts sendForCredential(Retries.Call call) throws InterruptedException {
    Attempt attempt = new Attempt();
    return retries.send(
        deadline,
        _ -> false,
        () -> {
          log.asked();
          // Nothing is paid for a credential.
          log.settled();
          attempt.begin();
          HttpReply reply = call.send();
          log.exchanged(
              Json.object()
                  .put("status", reply.status())
                  .put("response", "[a credential, not kept]")
                  .build());
          return reply;
        });
  }

  /**
   * A credential that came into being for this lane. From now on it is taken out of messages, and
   * no answer that holds it is written down or believed.
   */
  public Secret minted(String credential) {
    Secret secret = Secret.of(credential);
    minted.add(secret);
    fresh = new Redactor(minted);
    return secret;
  }

  private boolean holdsMinted(HttpReply reply) {
    // JSON has more than one way to write a character.
    return !minted.isEmpty()
        && (fresh.finds(reply.body().utf8())
            || reply.json().map(CompactJson::exact).filter(fresh::finds).isPresent());
  }

  /** Something was asked and perhaps paid for, and its answer does not say what it took. */
  public void usedUnknown() {
    log.usedUnknown();
  }

  /** An answer that is none of the provider's. */
  public Turn unreadable() {
    return failures.unreadable().turn();
  }

  /** Foreign words for a message: bounded, on one line, without the lane's credentials. */
  public String quoted(String words) {
    return "'" + ProviderFailure.oneLine(fresh.redact(redactor.redact(words))) + "'";
  }

  /** Counts the attempts at one request. */
  private final class Attempt {
    private boolean again;

    void begin() {
      if (again) {
        log.retried();
      }
      again = true;
    }
  }

  private HttpReply sent(Retries.Call call) throws IOException, InterruptedException {
    try {
      HttpReply reply = call.send();
      log.settled();
      return reply;
    } catch (IOException cut) {
      if (Retries.neverLeft(cut)) {
        log.settled();
      } else {
        log.usedUnknown();
      }
      throw cut;
    }
  }

  private JsonObject exchanged(String sha256, HttpReply reply) {
    Optional<String> id = reply.header(provider.requestIdHeader());
    id.ifPresent(log::requestId);
    Optional<JsonObject> json = reply.json().map(provider::kept).map(WellFormed::object);
    Json body =
        json.isEmpty() || holdsMinted(reply) || !log.hasRoom(reply.body().size())
            ? Json.text("[" + reply.body().size() + " bytes]")
            : json.get();
    return Json.object()
        .put("requestSha256", sha256)
        .put("status", reply.status())
        .put("requestId", id.orElse(null))
        .put("response", body)
        .build();
  }
}
