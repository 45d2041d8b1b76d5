package dev.optr.agents.anthropic;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.Models;
import dev.optr.agents.OneTurn;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Question;
import dev.optr.agents.Retries;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lane of type {@code anthropic-claude}. Holds its key and shows it to nobody but Anthropic. */
public final class ClaudeAgent implements Agent {
  private static final String VENDOR = "https://api.anthropic.com";

  private final OneTurn turn;

  /**
   * @param baseUrl value of {@code ANTHROPIC_BASE_URL}, which counts where the lane has no endpoint
   * @throws dev.optr.base.UserException where endpoint, model or key cannot be used
   */
  public ClaudeAgent(
      AgentSpec spec,
      Optional<String> baseUrl,
      Models models,
      Secret key,
      ProviderHttp http,
      Retries retries,
      InstantSource clock) {
    String base = ProviderEndpoint.base(spec, baseUrl, VENDOR);
    AnthropicApi api = http.api(AnthropicApi.class, base, spec.timeout());
    Claude provider = new Claude(api, Map.of("x-api-key", ProviderEndpoint.header(spec, "", key)));
    Models.Model model = ProviderEndpoint.model(spec, models);
    this.turn = new OneTurn(spec, model, provider, retries, clock, new Redactor(List.of(key)));
  }

  @Override
  public Answer ask(Question question) throws InterruptedException {
    return turn.ask(question);
  }
}
