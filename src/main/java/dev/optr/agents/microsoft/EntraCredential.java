package dev.optr.agents.microsoft;

import dev.optr.agents.GitHubIdentity;
import dev.optr.base.Secret;

/** As whom a lane opens a Foundry project. */
public sealed interface EntraCredential {
  /** What Entra's documentation names for tokens of GitHub's. */
  String AUDIENCE = "api://AzureADTokenExchange";

  /**
   * An application with a secret.
   *
   * @param tenant directory id or domain
   * @param clientId id of the application
   */
  record ClientSecret(String tenant, String clientId, Secret secret) implements EntraCredential {}

  /**
   * An application without a secret of ours: a federated credential of it trusts GitHub's token.
   *
   * @param audience that the federated credential names
   */
  record Federated(String tenant, String clientId, GitHubIdentity identity, String audience)
      implements EntraCredential {}

  /** Whoever got this token for {@code https://ai.azure.com}; nothing can renew it. */
  record AccessToken(Secret token) implements EntraCredential {}
}
