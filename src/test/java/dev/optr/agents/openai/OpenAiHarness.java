package dev.optr.agents.openai;

import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHarness;
import dev.optr.agents.ProviderHttp;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.util.Optional;

/** OpenAI's adapter against a local server. */
abstract class OpenAiHarness extends ProviderHarness {
  @Override
  protected AgentType type() {
    return AgentType.OPENAI_CODEX;
  }

  @Override
  protected String fixtures() {
    return "openai";
  }

  @Override
  protected String path() {
    return "/responses";
  }

  @Override
  protected String requestIdHeader() {
    return "x-request-id";
  }

  @Override
  protected Provider provider(AgentSpec spec, Secret key, ProviderHttp http) {
    return new OpenAi(spec, Optional.empty(), key, http);
  }
}
