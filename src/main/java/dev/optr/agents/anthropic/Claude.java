package dev.optr.agents.anthropic;

import dev.optr.agents.Decline;
import dev.optr.agents.HttpReply;
import dev.optr.agents.Prompt;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.SubmitPath;
import dev.optr.agents.WireJson;
import dev.optr.base.CanonicalJson;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Messages API as one turn. */
final class Claude implements Provider {
  // Anthropic's own clients refuse to wait for more than this without streaming.
  private static final int LONGEST_ANSWER = 21_000;

  private final AnthropicApi api;
  private final Map<String, Object> headers;

  /**
   * @param headers that go with each request, the credential among them
   */
  Claude(AnthropicApi api, Map<String, Object> headers) {
    this.api = api;
    this.headers = Map.copyOf(headers);
  }

  @Override
  public String name() {
    return "Anthropic";
  }

  @Override
  public String credential() {
    return "input 'anthropic-api-key', outside of Actions variable 'ANTHROPIC_API_KEY'";
  }

  @Override
  public String requestIdHeader() {
    return "request-id";
  }

  @Override
  public String body(Prompt prompt, String model, int outputTokens) {
    return WireJson.write(
        new AnthropicWire.Request(
            model,
            Math.min(outputTokens, LONGEST_ANSWER),
            List.of(new AnthropicWire.Text("text", prompt.instructions())),
            List.of(
                new AnthropicWire.Message(
                    "user", List.of(new AnthropicWire.Text("text", prompt.data())))),
            List.of(
                tool(SubmitPath.NAME, SubmitPath.DESCRIPTION, SubmitPath.schema()),
                tool(Decline.NAME, Decline.DESCRIPTION, Decline.schema())),
            new AnthropicWire.ToolChoice("any", true)));
  }

  @Override
  public HttpReply send(String body) throws IOException, InterruptedException {
    return ProviderHttp.send(() -> api.create(headers, body));
  }

  @Override
  public ProviderFailure failure(HttpReply reply) {
    try {
      AnthropicWire.@Nullable Problem problem =
          WireJson.read(reply.body().utf8(), AnthropicWire.Failure.class).error();
      if (problem == null) {
        return ProviderFailure.UNKNOWN;
      }
      AnthropicWire.@Nullable Details details = problem.details();
      return new ProviderFailure(
          problem.type(), details == null ? null : details.errorCode(), problem.message());
    } catch (JsonException notTheirs) {
      return ProviderFailure.UNKNOWN;
    }
  }

  @Override
  public Turn read(HttpReply reply) throws JsonException {
    return new ClaudeTurn(WireJson.read(reply.body().utf8(), AnthropicWire.Response.class));
  }

  private static AnthropicWire.Tool tool(String name, String description, JsonObject schema) {
    return new AnthropicWire.Tool(name, description, true, CanonicalJson.text(schema));
  }
}
