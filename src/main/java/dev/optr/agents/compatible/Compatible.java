package dev.optr.agents.compatible;

import dev.optr.agents.Conversation;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Prompt;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lanes of type {@code openai-compatible}: whatever server speaks chat completions, on this machine
 * or elsewhere. Holds the credential, where there is one, and shows it to nobody but that server.
 */
public final class Compatible implements Provider {
  private final ChatApi api;
  private final Map<String, Object> headers;

  /**
   * @param key empty where the server needs none
   * @throws UserException where the lane has no endpoint or no model, or endpoint or key cannot be
   *     used
   */
  public Compatible(AgentSpec spec, Optional<Secret> key, ProviderHttp http) {
    if (spec.endpoint() == null) {
      throw new UserException(
          "workflow: agent '%s': type 'openai-compatible' has no endpoint of its own; add 'endpoint:', what the server's documentation calls the base URL"
              .formatted(spec.name()));
    }
    if (spec.model() == null) {
      throw new UserException(
          "workflow: agent '%s': type 'openai-compatible' has no default model; add 'model:'"
              .formatted(spec.name()));
    }
    String base = ProviderEndpoint.base(spec, Optional.empty(), "http://localhost:11434/v1");
    this.api = http.api(ChatApi.class, base, spec.timeout());
    this.headers =
        key.<Map<String, Object>>map(
                it -> Map.of("Authorization", ProviderEndpoint.header(spec, "Bearer ", it)))
            .orElse(Map.of());
  }

  @Override
  public String name() {
    return "the server";
  }

  @Override
  public String credential() {
    return "the variable that 'credential' of the agent shall name";
  }

  @Override
  public String requestIdHeader() {
    return "x-request-id";
  }

  @Override
  public Protocol protocol() {
    return Protocol.TOOLS;
  }

  @Override
  public Conversation open(String model, Prompt prompt, List<Tool> tools, LaneRequests requests) {
    return new ChatConversation(api, headers, model, prompt, tools, requests);
  }

  @Override
  public ProviderFailure failure(HttpReply reply) {
    return failureOf(reply);
  }

  /** Servers differ in where they put it: an object, a text, or beside everything else. */
  static ProviderFailure failureOf(HttpReply reply) {
    @Nullable JsonObject body = reply.json().orElse(null);
    if (body == null) {
      return ProviderFailure.UNKNOWN;
    }
    return switch (body.get("error")) {
      case JsonObject error -> of(error);
      case Json.Text(String message) -> new ProviderFailure(null, null, message);
      case null, default -> of(body);
    };
  }

  private static ProviderFailure of(JsonObject error) {
    @Nullable String message = error.text("message");
    return new ProviderFailure(
        error.text("type"), error.text("code"), message == null ? error.text("detail") : message);
  }
}
