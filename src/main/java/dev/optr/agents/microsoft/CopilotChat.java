package dev.optr.agents.microsoft;

import dev.optr.agents.Conversation;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Prompt;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lanes of type {@code ms-copilot-stride} with the backend {@code graph} or {@code work-iq}:
 * Microsoft 365 Copilot, asked in the name of a user. Holds the user's token and shows it to nobody
 * but Microsoft.
 */
public final class CopilotChat implements Assistant {
  // Neither API documents a limit; a gateway in front of a model rarely takes much more.
  private static final int LONGEST = 120_000;

  private final Service service;
  private final CopilotChatApi api;
  private final Map<String, Object> headers;

  private CopilotChat(Service service, AgentSpec spec, Secret token, ProviderHttp http) {
    Assistant.check(spec);
    this.service = service;
    String base = ProviderEndpoint.base(spec, Optional.empty(), service.vendor());
    this.api = http.api(CopilotChatApi.class, base + service.path(), spec.timeout());
    this.headers = Map.of("Authorization", ProviderEndpoint.header(spec, "Bearer ", token));
  }

  /**
   * The Microsoft 365 Copilot Chat API of Graph.
   *
   * @param token of a user
   * @throws dev.optr.base.UserException where endpoint, token or model cannot be used
   */
  public static CopilotChat graph(AgentSpec spec, Secret token, ProviderHttp http) {
    return new CopilotChat(Service.GRAPH, spec, token, http);
  }

  /**
   * The Work IQ Chat API.
   *
   * @param token of a user
   * @throws dev.optr.base.UserException where endpoint, token or model cannot be used
   */
  public static CopilotChat workIq(AgentSpec spec, Secret token, ProviderHttp http) {
    return new CopilotChat(Service.WORK_IQ, spec, token, http);
  }

  /**
   * Why a token cannot be of use, as far as it can be seen without asking: both APIs take tokens of
   * users alone. The token's claims are believed in nothing else.
   */
  public Optional<String> unusable(Secret token) {
    return TokenClaims.of(token).filter(TokenClaims::areOfAnApplication).map(_ -> delegated());
  }

  @Override
  public String name() {
    return service.title();
  }

  @Override
  public String credential() {
    return "input 'microsoft-token', outside of Actions variable 'MICROSOFT_TOKEN'";
  }

  @Override
  public String requestIdHeader() {
    return "request-id";
  }

  @Override
  public int longestMessage() {
    return LONGEST;
  }

  /** Without the echo of our message, cards and citations, of which nothing is read. */
  @Override
  public JsonObject kept(JsonObject response) {
    List<Json> messages = response.array("messages");
    List<Json> kept = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i) instanceof JsonObject message) {
        kept.add(kept(message, i == messages.size() - 1));
      }
    }
    return messages.isEmpty() ? response : response.with("messages", Json.array(kept));
  }

  @Override
  public Conversation open(String model, Prompt prompt, List<Tool> tools, LaneRequests requests) {
    return new CopilotChatConversation(api, headers, prompt, LONGEST, delegated(), requests);
  }

  private String delegated() {
    return service.title()
        + " takes a delegated token of a licensed user alone, none of an application; it needs "
        + service.scopes();
  }

  private static JsonObject kept(JsonObject message, boolean isLast) {
    Json.Builder kept = Json.object().put("id", message.text("id"));
    String text = String.valueOf(message.text("text"));
    kept.put("text", isLast ? text : "[a message of " + text.length() + "]");
    int cards = message.array("adaptiveCards").size();
    if (cards > 0) {
      kept.put("adaptiveCardsIgnored", cards);
    }
    return kept.build();
  }

  private enum Service {
    GRAPH(
        "Microsoft 365 Copilot",
        "https://graph.microsoft.com",
        "/beta/copilot",
        "the scopes Sites.Read.All, Mail.Read, People.Read.All, OnlineMeetingTranscript.Read.All,"
            + " Chat.Read, ChannelMessage.Read.All and ExternalItem.Read.All"),
    WORK_IQ(
        "Work IQ",
        "https://workiq.svc.cloud.microsoft",
        "/rest",
        "the scope api://workiq.svc.cloud.microsoft/WorkIQAgent.Ask");

    private final String title;
    private final String vendor;
    private final String path;
    private final String scopes;

    Service(String title, String vendor, String path, String scopes) {
      this.title = title;
      this.vendor = vendor;
      this.path = path;
      this.scopes = scopes;
    }

    String title() {
      return title;
    }

    String vendor() {
      return vendor;
    }

    String path() {
      return path;
    }

    String scopes() {
      return scopes;
    }
  }
}
