package dev.optr.agents.openai;

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
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lanes of type {@code openai-codex}, at OpenAI or at Azure OpenAI. Holds the credential and shows
 * it to nobody but the endpoint.
 */
public final class OpenAi implements Provider {
  private static final String VENDOR = "https://api.openai.com/v1";
  private static final String AZURE = ".openai.azure.com";

  private final OpenAiConnection connection;
  private final OpenAiCredential credential;

  private OpenAi(AgentSpec spec, String base, OpenAiCredential credential, ProviderHttp http) {
    this.connection = new OpenAiConnection(spec, base, credential, http);
    this.credential = credential;
  }

  /**
   * @param baseUrl value of {@code OPENAI_BASE_URL}, which counts where the lane has no endpoint
   * @throws UserException where endpoint or key cannot be used
   */
  public OpenAi(AgentSpec spec, Optional<String> baseUrl, Secret key, ProviderHttp http) {
    this(spec, base(spec, baseUrl), key(spec, base(spec, baseUrl), key), http);
  }

  /**
   * A lane with {@code oidc}, which has no key.
   *
   * @param baseUrl value of {@code OPENAI_BASE_URL}, which counts where the lane has no endpoint
   * @throws UserException where endpoint or {@code oidc} cannot be used
   */
  public static OpenAi federated(
      AgentSpec spec, Optional<String> baseUrl, GitHubIdentity identity, ProviderHttp http) {
    return federated(spec, baseUrl, identity, OpenAiFederation.VENDOR, http);
  }

  /**
   * @param tokens base URL of the token endpoint
   */
  static OpenAi federated(
      AgentSpec spec,
      Optional<String> baseUrl,
      GitHubIdentity identity,
      String tokens,
      ProviderHttp http) {
    String base = base(spec, baseUrl);
    if (isAzure(base)) {
      throw new UserException(
          "workflow: agent '%s': oidc is exchanged by OpenAI, not by Azure; write 'credential' with the name of a variable that holds the resource's key"
              .formatted(spec.name()));
    }
    return new OpenAi(spec, base, new OpenAiFederation(spec, identity, tokens, http), http);
  }

  @Override
  public String name() {
    return "OpenAI";
  }

  @Override
  public String credential() {
    return credential.source();
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
    return new OpenAiConversation(connection, model, prompt, tools, requests);
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

  private static String base(AgentSpec spec, Optional<String> baseUrl) {
    return ProviderEndpoint.base(spec, baseUrl, VENDOR);
  }

  private static OpenAiCredential key(AgentSpec spec, String base, Secret key) {
    ProviderEndpoint.header(spec, "", key);
    return isAzure(base)
        ? new OpenAiCredential.Key("api-key", "", key)
        : new OpenAiCredential.Key("Authorization", "Bearer ", key);
  }

  /** Azure takes its resources' keys in a header of its own. */
  static boolean isAzure(String base) {
    return URI.create(base).getHost().toLowerCase(Locale.ROOT).endsWith(AZURE);
  }
}
