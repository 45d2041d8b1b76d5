package dev.optr.agents.openai;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lane of type {@code openai-codex}. Holds its key and shows it to nobody but OpenAI. */
public final class OpenAiAgent implements Agent {
  private static final String VENDOR = "https://api.openai.com/v1";

  private final OneTurn turn;

  /**
   * @param baseUrl value of {@code OPENAI_BASE_URL}, which counts where the lane has no endpoint
   * @throws dev.optr.base.UserException where endpoint, model or key cannot be used
   */
  public OpenAiAgent(
      AgentSpec spec,
      Optional<String> baseUrl,
      Models models,
      Secret key,
      ProviderHttp http,
      Retries retries,
      InstantSource clock) {
    String base = ProviderEndpoint.base(spec, baseUrl, VENDOR);
    OpenAiApi api = http.api(OpenAiApi.class, base, spec.timeout());
    OpenAi provider = new OpenAi(api, headers(spec, key));
    Models.Model model = ProviderEndpoint.model(spec, models);
    this.turn = new OneTurn(spec, model, provider, retries, clock, new Redactor(List.of(key)));
  }

  @Override
  public Answer ask(Question question) throws InterruptedException {
    return turn.ask(question);
  }

  private static Map<String, Object> headers(AgentSpec spec, Secret key) {
    Map<String, Object> headers = new HashMap<>();
    headers.put("Authorization", ProviderEndpoint.header(spec, "Bearer ", key));
    @Nullable String organization = spec.organization();
    if (organization != null) {
      headers.put("OpenAI-Organization", organization);
    }
    @Nullable String project = spec.project();
    if (project != null) {
      headers.put("OpenAI-Project", project);
    }
    return headers;
  }
}
