package dev.optr.app;

import dev.optr.agents.Agent;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.ToolLoops;
import dev.optr.agents.UnavailableAgent;
import dev.optr.agents.microsoft.CopilotChat;
import dev.optr.agents.microsoft.DirectLine;
import dev.optr.agents.microsoft.EntraCredential;
import dev.optr.agents.microsoft.Foundry;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the lanes of type {@code ms-copilot-stride}. */
final class MicrosoftLanes {
  private static final Set<String> OIDC = Set.of("audience", "tenant_id", "client_id");

  private final Credentials credentials;
  private final ToolLoops loops;
  private final ProviderHttp http;
  private final Variables variables;

  MicrosoftLanes(Credentials credentials, ToolLoops loops, ProviderHttp http, Variables variables) {
    this.credentials = credentials;
    this.loops = loops;
    this.http = http;
    this.variables = variables;
  }

  Agent agent(AgentSpec spec) {
    return switch (MicrosoftBackend.of(spec)) {
      case DIRECT_LINE ->
          credentials.agent(
              spec,
              secret ->
                  over(
                      spec,
                      new DirectLine(
                          spec,
                          variables.baseUrl(
                              spec, "DIRECT_LINE_BASE_URL", "https://directline.botframework.com"),
                          secret,
                          http),
                      List.of(secret)));
      case GRAPH ->
          credentials.agent(spec, token -> chat(spec, CopilotChat.graph(spec, token, http), token));
      case WORK_IQ ->
          credentials.agent(
              spec, token -> chat(spec, CopilotChat.workIq(spec, token, http), token));
      case FOUNDRY -> foundry(spec);
    };
  }

  private Agent chat(AgentSpec spec, CopilotChat chat, Secret token) {
    return chat.unusable(token)
        .<Agent>map(UnavailableAgent::because)
        .orElseGet(() -> over(spec, chat, List.of(token)));
  }

  private Agent foundry(AgentSpec spec) {
    checkOidc(spec);
    Optional<String> tenant = oidc(spec, "tenant_id").or(credentials::microsoftTenant);
    Optional<String> client = oidc(spec, "client_id").or(credentials::microsoftClient);
    Optional<Secret> secret = credentials.of(spec);
    if (secret.isEmpty() && spec.oidc().isEmpty() && credentials.microsoftToken().isPresent()) {
      Secret token = credentials.microsoftToken().get();
      return foundry(spec, new EntraCredential.AccessToken(token), List.of(token));
    }
    if (tenant.isEmpty() || client.isEmpty() || (secret.isEmpty() && spec.oidc().isEmpty())) {
      return UnavailableAgent.withoutCredential(credentials.missingSignIn(spec));
    }
    if (secret.isPresent()) {
      EntraCredential signIn =
          new EntraCredential.ClientSecret(tenant.get(), client.get(), secret.get());
      return foundry(spec, signIn, List.of(secret.get()));
    }
    return credentials
        .identity(http)
        .map(it -> new EntraCredential.Federated(tenant.get(), client.get(), it, audience(spec)))
        .map(signIn -> foundry(spec, signIn, List.of()))
        .orElseGet(() -> UnavailableAgent.because(GitHubIdentity.MISSING));
  }

  private Agent foundry(AgentSpec spec, EntraCredential credential, List<Secret> secrets) {
    Foundry provider = new Foundry(spec, credential, variables.text("AZURE_AUTHORITY_HOST"), http);
    return over(spec, provider, secrets);
  }

  private static String audience(AgentSpec spec) {
    return oidc(spec, "audience").orElse(EntraCredential.AUDIENCE);
  }

  private Agent over(AgentSpec spec, Provider provider, List<Secret> secrets) {
    return loops.over(spec, provider, new Redactor(secrets));
  }

  private static void checkOidc(AgentSpec spec) {
    Set<String> unknown = new TreeSet<>(spec.oidc().keySet());
    unknown.removeAll(OIDC);
    if (!unknown.isEmpty()) {
      throw new UserException(
          "workflow: agent '%s': oidc knows no %s; allowed are %s"
              .formatted(spec.name(), unknown, new TreeSet<>(OIDC)));
    }
  }

  private static Optional<String> oidc(AgentSpec spec, String member) {
    return Optional.ofNullable(spec.oidc().get(member));
  }
}
