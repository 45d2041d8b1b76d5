package dev.optr.agents.openai;

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

/** The Responses API as one turn. */
final class OpenAi implements Provider {
  private final OpenAiApi api;
  private final Map<String, Object> headers;

  /**
   * @param headers that go with each request, the credential among them
   */
  OpenAi(OpenAiApi api, Map<String, Object> headers) {
    this.api = api;
    this.headers = Map.copyOf(headers);
  }

  @Override
  public String name() {
    return "OpenAI";
  }

  @Override
  public String credential() {
    return "input 'openai-api-key', outside of Actions variable 'OPENAI_API_KEY'";
  }

  @Override
  public String requestIdHeader() {
    return "x-request-id";
  }

  @Override
  public String body(Prompt prompt, String model, int outputTokens) {
    return WireJson.write(
        new OpenAiWire.Request(
            model,
            prompt.instructions(),
            List.of(
                new OpenAiWire.Input(
                    "user", List.of(new OpenAiWire.InputText("input_text", prompt.data())))),
            List.of(
                tool(SubmitPath.NAME, SubmitPath.DESCRIPTION, SubmitPath.schema()),
                tool(Decline.NAME, Decline.DESCRIPTION, Decline.schema())),
            "required",
            false,
            false,
            outputTokens));
  }

  @Override
  public HttpReply send(String body) throws IOException, InterruptedException {
    return ProviderHttp.send(() -> api.create(headers, body));
  }

  @Override
  public ProviderFailure failure(HttpReply reply) {
    try {
      OpenAiWire.@Nullable Problem problem =
          WireJson.read(reply.body().utf8(), OpenAiWire.Failure.class).error();
      return problem == null
          ? ProviderFailure.UNKNOWN
          : new ProviderFailure(problem.type(), problem.code(), problem.message());
    } catch (JsonException notTheirs) {
      return ProviderFailure.UNKNOWN;
    }
  }

  @Override
  public Turn read(HttpReply reply) throws JsonException {
    return new OpenAiTurn(WireJson.read(reply.body().utf8(), OpenAiWire.Response.class));
  }

  private static OpenAiWire.Tool tool(String name, String description, JsonObject schema) {
    return new OpenAiWire.Tool("function", name, description, true, CanonicalJson.text(schema));
  }
}
