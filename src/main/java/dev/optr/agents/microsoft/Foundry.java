package dev.optr.agents.microsoft;

import dev.optr.agents.Conversation;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Prompt;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Optional;

/**
 * Lanes of type {@code ms-copilot-stride} with the backend {@code foundry}: a model or an agent of
 * a Microsoft Foundry project, asked as an application. An agent's own definition forbids tools in
 * the request, so that it speaks the protocol as text.
 */
public final class Foundry implements Provider {
  private static final String LIKE = "https://NAME.services.ai.azure.com/api/projects/PROJECT";

  private final FoundryApi api;
  private final FoundryTarget target;
  private final EntraCredential credential;
  private final EntraTokens tokens;

  /**
   * @param authority value of {@code AZURE_AUTHORITY_HOST}
   * @throws UserException where endpoint, model or credential cannot be used
   */
  public Foundry(
      AgentSpec spec, EntraCredential credential, Optional<String> authority, ProviderHttp http) {
    if (spec.endpoint() == null) {
      throw new UserException(
          "workflow: agent '%s': backend 'foundry' needs 'endpoint:', the project's, like '%s'"
              .formatted(spec.name(), LIKE));
    }
    this.target = FoundryTarget.of(spec);
    this.credential = credential;
    String base = ProviderEndpoint.base(spec, Optional.empty(), LIKE);
    this.api = http.api(FoundryApi.class, base, spec.timeout());
    this.tokens = new EntraTokens(spec, credential, authority, credential(), http);
  }

  @Override
  public String name() {
    return "Foundry";
  }

  @Override
  public String credential() {
    return switch (credential) {
      case EntraCredential.ClientSecret _ ->
          "inputs 'microsoft-tenant-id', 'microsoft-client-id' and 'microsoft-client-secret',"
              + " outside of Actions variables 'MICROSOFT_TENANT_ID', 'MICROSOFT_CLIENT_ID' and"
              + " 'MICROSOFT_CLIENT_SECRET', and the application's role in the project";
      case EntraCredential.AccessToken _ ->
          "input 'microsoft-token', outside of Actions variable 'MICROSOFT_TOKEN', which must be"
              + " for https://ai.azure.com";
      case EntraCredential.Federated _ ->
          "the federated credential of the application that 'microsoft-client-id' names, and its"
              + " role in the project";
    };
  }

  @Override
  public String requestIdHeader() {
    return "x-request-id";
  }

  @Override
  public Protocol protocol() {
    return switch (target) {
      case FoundryTarget.Deployment _ -> Protocol.TOOLS;
      case FoundryTarget.Agent _ -> Protocol.TEXT;
    };
  }

  @Override
  public ProviderFailure failure(HttpReply reply) {
    return reply
        .json()
        .map(body -> body.object("error"))
        .map(error -> failure(error))
        .orElse(ProviderFailure.UNKNOWN);
  }

  @Override
  public Conversation open(String model, Prompt prompt, List<Tool> tools, LaneRequests requests) {
    FoundryRequest request = new FoundryRequest(target, prompt, tools);
    return new FoundryConversation(api, tokens, request, requests);
  }

  private static ProviderFailure failure(JsonObject error) {
    return new ProviderFailure(error.text("type"), error.text("code"), error.text("message"));
  }
}
