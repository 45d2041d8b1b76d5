package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Digest;
import dev.optr.base.Glob;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.git.FrozenTree;
import dev.optr.workflow.AgentSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider in one turn: the whole prompt in, one tool call out. Budgets, retries, the record
 * of the exchange and the meaning of failures are the same for all providers.
 */
public final class OneTurn implements Agent {
  // Source code has some 3.5 characters per token; fewer are assumed, so that budgets hold.
  private static final int CHARACTERS_PER_TOKEN = 3;

  private final AgentSpec spec;
  private final Models.Model model;
  private final Provider provider;
  private final Retries retries;
  private final InstantSource clock;
  private final Redactor redactor;

  /**
   * @param model what is asked, with the limits of its type
   * @param redactor of the lane's own credential, for what a provider says in its errors
   */
  public OneTurn(
      AgentSpec spec,
      Models.Model model,
      Provider provider,
      Retries retries,
      InstantSource clock,
      Redactor redactor) {
    this.spec = spec;
    this.model = model;
    this.provider = provider;
    this.retries = retries;
    this.clock = clock;
    this.redactor = redactor;
  }

  @Override
  public Answer ask(Question question) throws InterruptedException {
    Instant startedAt = clock.instant();
    int characters = characters();
    if (characters <= 0) {
      return new Answer.Failed(
          FailureCode.BUDGET,
          "budget.tokens: '" + spec.budget().tokens() + "' leaves nothing for a prompt",
          Exchange.none(startedAt));
    }
    Prompt prompt = Prompt.of(question.intent(), visible(question.tree()), characters);
    String body = provider.body(prompt, model.name(), outputTokens());
    Retries.Attempts attempts =
        retries.send(
            startedAt.plus(spec.timeout()),
            reply -> provider.failure(reply).isQuota(),
            () -> provider.send(body));
    return answer(prompt, attempts, startedAt);
  }

  private int outputTokens() {
    @Nullable Long tokens = spec.budget().tokens();
    return tokens == null
        ? model.outputTokens()
        : (int) Math.min(model.outputTokens(), Math.max(1, tokens / 2));
  }

  private int characters() {
    @Nullable Long tokens = spec.budget().tokens();
    return tokens == null
        ? model.characters()
        : (int) Math.min(model.characters(), (tokens - outputTokens()) * CHARACTERS_PER_TOKEN);
  }

  private FrozenTree visible(FrozenTree tree) {
    List<Glob> excluded = spec.exclude().stream().map(Glob::of).toList();
    return excluded.isEmpty()
        ? tree
        : tree.showing(path -> excluded.stream().noneMatch(glob -> glob.matches(path)));
  }

  private Answer answer(Prompt prompt, Retries.Attempts attempts, Instant startedAt) {
    @Nullable HttpReply reply = attempts.reply();
    Provider.@Nullable Turn turn = null;
    if (reply != null && reply.isSuccess() && !reply.tooLarge()) {
      try {
        turn = provider.read(reply);
      } catch (JsonException e) {
        return failed(
            FailureCode.SERVICE,
            provider.name() + " answered with something that is no answer of its API",
            exchange(prompt, attempts, startedAt, null));
      }
    }
    Exchange exchange = exchange(prompt, attempts, startedAt, turn);
    if (turn != null) {
      return turn.answer(exchange);
    }
    return reply == null ? unanswered(attempts, exchange) : failure(reply, exchange);
  }

  private Answer unanswered(Retries.Attempts attempts, Exchange exchange) {
    if (attempts.timedOut()) {
      return failed(FailureCode.TIMEOUT, provider.name() + " did not answer in time", exchange);
    }
    String cause = attempts.cut() == null ? "" : attempts.cut().getClass().getSimpleName();
    return failed(
        FailureCode.SERVICE,
        provider.name() + " gave no whole answer to " + requests(attempts) + ": " + cause,
        exchange);
  }

  private static String requests(Retries.Attempts attempts) {
    return attempts.requests() == 1 ? "1 request" : attempts.requests() + " requests";
  }

  private Answer failure(HttpReply reply, Exchange exchange) {
    if (reply.tooLarge()) {
      return failed(
          FailureCode.SERVICE,
          provider.name() + " answered with more than " + HttpReply.LARGEST + " bytes",
          exchange);
    }
    ProviderFailure failure = provider.failure(reply);
    FailureCode code = failure.code(reply.status());
    String answered = provider.name() + " answered " + reply.status();
    return switch (code) {
      // Not the provider's own message: it may repeat a part of the key.
      case AUTH -> failed(code, answered + "; check " + credential(), exchange);
      case UNAVAILABLE ->
          failed(
              code,
              answered + "; model '" + model.name() + "' or the endpoint is not known to it",
              exchange);
      default -> failed(code, answered + said(failure), exchange);
    };
  }

  private String credential() {
    return spec.credential() == null
        ? provider.credential()
        : "variable '" + spec.credential() + "'";
  }

  private String said(ProviderFailure failure) {
    return failure.message() == null
        ? ""
        : ": '" + ProviderFailure.oneLine(redactor.redact(failure.message())) + "'";
  }

  private static Answer failed(FailureCode code, String message, Exchange exchange) {
    return new Answer.Failed(code, message, exchange);
  }

  private Exchange exchange(
      Prompt prompt, Retries.Attempts attempts, Instant startedAt, Provider.@Nullable Turn turn) {
    int requests = attempts.requests();
    @Nullable String answered = turn == null ? null : turn.model();
    return new Exchange(
        answered == null ? model.name() : answered,
        turn == null ? Usage.unknown(requests, requests - 1) : turn.usage(requests, requests - 1),
        attempts.headers(provider.requestIdHeader()),
        startedAt,
        Math.max(0, Duration.between(startedAt, clock.instant()).toMillis()),
        prompt.clipped(),
        transcript(prompt, attempts));
  }

  /** The data is named by digest alone: it can be had again from the frozen tree. */
  private static List<JsonObject> transcript(Prompt prompt, Retries.Attempts attempts) {
    List<JsonObject> transcript = new ArrayList<>();
    transcript.add(
        Json.object()
            .put("role", "optr")
            .put("instructions", prompt.instructions())
            .put("dataSha256", Digest.sha256(prompt.data().getBytes(UTF_8)))
            .put("dataCharacters", prompt.data().length())
            .put("promptDigest", prompt.digest())
            .build());
    for (HttpReply reply : attempts.replies()) {
      Optional<JsonObject> json = reply.json().map(WellFormed::object);
      Json body = json.isPresent() ? json.get() : Json.text("[" + reply.body().size() + " bytes]");
      transcript.add(
          Json.object()
              .put("role", "provider")
              .put("status", reply.status())
              .put("body", body)
              .build());
    }
    return transcript;
  }
}
