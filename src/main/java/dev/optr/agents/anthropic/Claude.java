package dev.optr.agents.anthropic;

import dev.optr.agents.Conversation;
import dev.optr.agents.GitHubIdentity;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lanes of type {@code anthropic-claude}. Holds the key and shows it to nobody but Anthropic. */
public final class Claude implements Provider {
  private static final String VENDOR = "https://api.anthropic.com";

  private final AnthropicApi api;
  private final ClaudeCredential credential;

  private Claude(AnthropicApi api, ClaudeCredential credential) {
    this.api = api;
    this.credential = credential;
  }

  /**
   * A lane with a key.
   *
   * @param baseUrl value of {@code ANTHROPIC_BASE_URL}, which counts where the lane has no endpoint
   * @throws dev.optr.base.UserException where endpoint or key cannot be used
   */
  public static Claude withKey(
      AgentSpec spec, Optional<String> baseUrl, Secret key, ProviderHttp http) {
    String base = ProviderEndpoint.base(spec, baseUrl, VENDOR);
    return new Claude(http.api(AnthropicApi.class, base, spec.timeout()), new ApiKey(spec, key));
  }

  /**
   * A lane without a key, whose {@code oidc} says whom the job's identity is to be taken for.
   *
   * @param baseUrl value of {@code ANTHROPIC_BASE_URL}, which counts where the lane has no endpoint
   * @throws dev.optr.base.UserException where endpoint or {@code oidc} cannot be used
   */
  public static Claude federated(
      AgentSpec spec, Optional<String> baseUrl, GitHubIdentity identity, ProviderHttp http) {
    String base = ProviderEndpoint.base(spec, baseUrl, VENDOR);
    AnthropicApi api = http.api(AnthropicApi.class, base, spec.timeout());
    return new Claude(api, new Federation(api, FederationRule.of(spec, base), identity));
  }

  @Override
  public String name() {
    return "Anthropic";
  }

  @Override
  public String credential() {
    return credential.description();
  }

  @Override
  public String requestIdHeader() {
    return "request-id";
  }

  @Override
  public Protocol protocol() {
    return Protocol.TOOLS;
  }

  @Override
  public Conversation open(String model, Prompt prompt, List<Tool> tools, LaneRequests requests) {
    return new ClaudeConversation(api, credential, model, prompt, tools, requests);
  }

  @Override
  public ProviderFailure failure(HttpReply reply) {
    try {
      AnthropicWire.@Nullable Problem problem =
          WireJson.read(reply.body().utf8(), AnthropicWire.Failure.class).error();
      if (problem == null) {
        return ProviderFailure.UNKNOWN;
      }
      AnthropicWire.@Nullable Details details = problem.details();
      return new ProviderFailure(
          problem.type(), details == null ? null : details.errorCode(), problem.message());
    } catch (JsonException notTheirs) {
      return ProviderFailure.UNKNOWN;
    }
  }
}
