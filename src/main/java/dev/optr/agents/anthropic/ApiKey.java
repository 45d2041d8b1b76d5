package dev.optr.agents.anthropic;

import dev.optr.agents.LaneRequests;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.util.Map;

/** A key that was given to us. */
final class ApiKey implements ClaudeCredential {
  private final Map<String, Object> headers;

  ApiKey(AgentSpec spec, Secret key) {
    this.headers = Map.of("x-api-key", ProviderEndpoint.header(spec, "", key));
  }

  @Override
  public String description() {
    return "input 'anthropic-api-key', outside of Actions variable 'ANTHROPIC_API_KEY'";
  }

  @Override
  public Access access(LaneRequests requests) {
    return new Granted(headers);
  }

  @Override
  public boolean renew() {
    return false;
  }
}
