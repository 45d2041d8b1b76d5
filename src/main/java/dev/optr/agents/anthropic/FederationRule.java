package dev.optr.agents.anthropic;

import dev.optr.agents.ProviderEndpoint;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import org.jspecify.annotations.Nullable;

/**
 * Whom a lane's {@code oidc} is to be taken for, in the vendor's own words.
 *
 * @param federationRuleId {@code federation_rule_id}
 * @param organizationId {@code organization_id}
 * @param serviceAccountId {@code service_account_id}; null where the rule names it
 * @param workspaceId {@code workspace_id}; null where the rule has one alone
 * @param audience that GitHub's token is made for
 */
record FederationRule(
    String federationRuleId,
    String organizationId,
    @Nullable String serviceAccountId,
    @Nullable String workspaceId,
    String audience) {
  private static final String AUDIENCE = "https://api.anthropic.com";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  /**
   * @param base where the token goes to
   * @throws UserException where a member is missing, or the token could be overheard
   */
  static FederationRule of(AgentSpec spec, String base) {
    if (!ProviderEndpoint.isPrivate(base)) {
      throw wrong(spec, "the endpoint is no https URL, so the token could be overheard");
    }
    return new FederationRule(
        required(spec, "federation_rule_id"),
        required(spec, "organization_id"),
        spec.oidc().get("service_account_id"),
        spec.oidc().get("workspace_id"),
        spec.oidc().getOrDefault("audience", AUDIENCE));
  }

  AnthropicWire.Exchange exchange(Secret assertion) {
    return new AnthropicWire.Exchange(
        GRANT, assertion.reveal(), federationRuleId, organizationId, serviceAccountId, workspaceId);
  }

  private static String required(AgentSpec spec, String member) {
    @Nullable String value = spec.oidc().get(member);
    if (value == null) {
      throw wrong(spec, "no '" + member + "'; write it as the Claude Console shows it");
    }
    return value;
  }

  private static UserException wrong(AgentSpec spec, String what) {
    return new UserException("workflow: agent '" + spec.name() + "': oidc: " + what);
  }
}
