package dev.optr.agents.openai;

import dev.optr.agents.Conversation;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Prompt;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.agents.WireJson;
import dev.optr.base.JsonException;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lanes of type {@code openai-codex}. Holds the key and shows it to nobody but OpenAI. */
public final class OpenAi implements Provider {
  private static final String VENDOR = "https://api.openai.com/v1";

  private final OpenAiApi api;
  private final Map<String, Object> headers;

  /**
   * @param baseUrl value of {@code OPENAI_BASE_URL}, which counts where the lane has no endpoint
   * @throws dev.optr.base.UserException where endpoint or key cannot be used
   */
  public OpenAi(AgentSpec spec, Optional<String> baseUrl, Secret key, ProviderHttp http) {
    String base = ProviderEndpoint.base(spec, baseUrl, VENDOR);
    this.api = http.api(OpenAiApi.class, base, spec.timeout());
    this.headers = headers(spec, key);
  }

  @Override
  public String name() {
    return "OpenAI";
  }

  @Override
  public String credential() {
    return "input 'openai-api-key', outside of Actions variable 'OPENAI_API_KEY'";
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
    return new OpenAiConversation(api, headers, model, prompt, tools, requests);
  }

  @Override
  public ProviderFailure failure(HttpReply reply) {
    try {
      OpenAiWire.@Nullable Problem problem =
          WireJson.read(reply.body().utf8(), OpenAiWire.Failure.class).error();
      return problem == null
          ? ProviderFailure.UNKNOWN
          : new ProviderFailure(problem.type(), problem.code(), problem.message());
    } catch (JsonException notTheirs) {
      return ProviderFailure.UNKNOWN;
    }
  }

  private static Map<String, Object> headers(AgentSpec spec, Secret key) {
    Map<String, Object> headers = new HashMap<>();
    headers.put("Authorization", ProviderEndpoint.header(spec, "Bearer ", key));
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
