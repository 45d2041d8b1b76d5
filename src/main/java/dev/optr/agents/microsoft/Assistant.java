package dev.optr.agents.microsoft;

import dev.optr.agents.HttpReply;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderFailure;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;

/**
 * What Copilot Studio and Microsoft 365 Copilot have in common: they talk, call no tools and tell
 * nothing of what that takes.
 */
interface Assistant extends Provider {
  @Override
  default Protocol protocol() {
    return Protocol.TEXT;
  }

  @Override
  default boolean tellsUsage() {
    return false;
  }

  @Override
  default ProviderFailure failure(HttpReply reply) {
    return MicrosoftError.of(reply);
  }

  /**
   * @throws UserException where the lane has a key that nobody could honour
   */
  static void check(AgentSpec spec) {
    if (spec.model() != null) {
      throw foundryAlone(spec, "model", "which model answers is set in the Copilot that is asked");
    }
    if (!spec.oidc().isEmpty()) {
      throw foundryAlone(spec, "oidc", "no other backend takes an application's identity");
    }
  }

  private static UserException foundryAlone(AgentSpec spec, String key, String reason) {
    return new UserException(
        "workflow: agent '%s': '%s' is for backend 'foundry' alone: %s; remove it"
            .formatted(spec.name(), key, reason));
  }
}
