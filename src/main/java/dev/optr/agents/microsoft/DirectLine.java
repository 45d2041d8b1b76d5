package dev.optr.agents.microsoft;

import dev.optr.agents.Conversation;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Prompt;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lanes of type {@code ms-copilot-stride} with the backend {@code direct-line}: an agent made in
 * Copilot Studio, asked over Direct Line 3.0. Holds the secret and shows it to nobody but Direct
 * Line.
 */
public final class DirectLine implements Assistant {
  private static final String VENDOR = "https://directline.botframework.com";
  // An activity may have some 256 KB; what stands around the text takes less than the difference.
  private static final int LONGEST = 240_000;

  private final DirectLineApi api;
  private final Map<String, Object> secret;
  private final String user;

  /**
   * @param secret of the agent's Direct Line channel
   * @throws dev.optr.base.UserException where endpoint, secret or model cannot be used
   */
  public DirectLine(AgentSpec spec, Optional<String> baseUrl, Secret secret, ProviderHttp http) {
    Assistant.check(spec);
    String base = ProviderEndpoint.base(spec, baseUrl, VENDOR);
    this.api = http.api(DirectLineApi.class, base, spec.timeout());
    this.secret = Map.of("Authorization", ProviderEndpoint.header(spec, "Bearer ", secret));
    this.user = "dl_optr_" + spec.name();
  }

  @Override
  public String name() {
    return "Direct Line";
  }

  @Override
  public String credential() {
    return "input 'direct-line-secret', outside of Actions variable 'DIRECT_LINE_SECRET'";
  }

  @Override
  public String requestIdHeader() {
    return "x-ms-request-id";
  }

  @Override
  public int longestMessage() {
    return LONGEST;
  }

  @Override
  public JsonObject kept(JsonObject response) {
    return Activity.kept(response, user);
  }

  @Override
  public Conversation open(String model, Prompt prompt, List<Tool> tools, LaneRequests requests) {
    DirectLineSession session = new DirectLineSession(api, secret, user, credential(), requests);
    return new DirectLineConversation(session, user, prompt, LONGEST, requests);
  }
}
