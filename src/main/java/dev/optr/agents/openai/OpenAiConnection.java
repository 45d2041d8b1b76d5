package dev.optr.agents.openai;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Turn;
import dev.optr.workflow.AgentSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One lane's way to the Responses API: where it is, and who asks. */
final class OpenAiConnection {
  // What OpenAI's own clients wait for an answer; connections that are silent for longer are cut.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofSeconds(60);
  private static final Duration FAREWELL = Duration.ofMillis(700);

  private final OpenAiApi api;
  private final OpenAiApi polls;
  private final OpenAiApi farewells;
  private final OpenAiCredential credential;
  private final Map<String, Object> account;
  private final boolean background;

  OpenAiConnection(AgentSpec spec, String base, OpenAiCredential credential, ProviderHttp http) {
    this.api = http.api(OpenAiApi.class, base, spec.timeout());
    this.polls = http.api(OpenAiApi.class, base, POLL);
    this.farewells = http.api(OpenAiApi.class, base, FAREWELL);
    this.credential = credential;
    this.account = account(spec);
    this.background = spec.timeout().compareTo(LONGEST_WAIT) > 0;
  }

  /** How a request ended. */
  sealed interface Sent {}

  record Answered(HttpReply reply) implements Sent {}

  record Failed(Turn turn) implements Sent {}

  /** Whether answers are waited for by looking again, because a turn may take too long for one. */
  boolean background() {
    return background;
  }

  Sent create(String body, LaneRequests requests) throws InterruptedException {
    return sent(
        requests,
        headers -> requests.send(body, () -> ProviderHttp.send(() -> api.create(headers, body))));
  }

  /**
   * Looks at a response that the model works on.
   *
   * @param news an answer without it is not written down
   */
  Sent retrieve(String id, Predicate<HttpReply> news, LaneRequests requests)
      throws InterruptedException {
    return sent(
        requests,
        headers -> requests.poll(news, () -> ProviderHttp.send(() -> polls.retrieve(headers, id))));
  }

  /** Ends a response that nobody waits for any longer; a failure to do so is none. */
  void cancel(String id, LaneRequests requests) {
    // An interrupted thread could not send it.
    boolean interrupted = Thread.interrupted();
    try {
      // A credential that has to be fetched anew is part of what may take no longer.
      HttpReply ignored = ProviderHttp.sendWithin(FAREWELL, () -> farewell(id, requests));
    } catch (IOException gone) {
      // It ends by itself.
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private HttpReply farewell(String id, LaneRequests requests)
      throws IOException, InterruptedException {
    return switch (credential.show(requests)) {
      case OpenAiCredential.Refused _ -> throw new IOException("no credential");
      case OpenAiCredential.Headers(Map<String, Object> own) -> farewells.cancel(with(own), id);
    };
  }

  private interface Request {
    LaneRequests.Sent send(Map<String, Object> headers) throws InterruptedException;
  }

  private Sent sent(LaneRequests requests, Request request) throws InterruptedException {
    Sent sent = once(requests, request);
    // A token that was exchanged earlier may have been withdrawn; a new one is tried once.
    return sent instanceof Failed(Turn turn)
            && turn.said() instanceof Turn.Failed(FailureCode code, _)
            && code == FailureCode.AUTH
            && credential.renew()
        ? once(requests, request)
        : sent;
  }

  private Sent once(LaneRequests requests, Request request) throws InterruptedException {
    return switch (credential.show(requests)) {
      case OpenAiCredential.Refused(Turn turn) -> new Failed(turn);
      case OpenAiCredential.Headers(Map<String, Object> own) ->
          switch (request.send(with(own))) {
            case LaneRequests.Failed failed -> new Failed(failed.turn());
            case LaneRequests.Answered(HttpReply reply) -> new Answered(reply);
          };
    };
  }

  private Map<String, Object> with(Map<String, Object> own) {
    Map<String, Object> headers = new HashMap<>(account);
    headers.putAll(own);
    return headers;
  }

  private static Map<String, Object> account(AgentSpec spec) {
    Map<String, Object> headers = new HashMap<>();
    @Nullable String organization = spec.organization();
    if (organization != null) {
      headers.put("OpenAI-Organization", organization);
    }
    @Nullable String project = spec.project();
    if (project != null) {
      headers.put("OpenAI-Project", project);
    }
    return headers;
  }
}
