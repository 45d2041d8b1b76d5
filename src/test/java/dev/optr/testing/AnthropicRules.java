package dev.optr.testing;

import com.sun.net.httpserver.Headers;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the Messages API of 2026-10-21 refuses about one request by itself, for a model that always
 * thinks (platform.claude.com: API reference, "Prompt caching", "Structured outputs", "What's new
 * in Claude Opus 5.5").
 */
final class AnthropicRules {
  private static final Set<String> MEMBERS =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "tools",
          "tool_choice",
          "stream",
          "thinking",
          "output_config",
          "cache_control",
          "metadata",
          "service_tier",
          "stop_sequences");
  private static final Set<String> TOOL =
      Set.of("name", "description", "input_schema", "strict", "cache_control", "type");
  private static final Set<String> SCHEMA =
      Set.of(
          "type",
          "description",
          "enum",
          "items",
          "properties",
          "required",
          "additionalProperties",
          "anyOf",
          "const",
          "title");
  private static final int MOST_MARKS = 4;
  private static final int MOST_UNIONS = 16;
  private static final int MOST_OPTIONAL = 24;
  private static final int MOST_STRICT = 20;
  private static final int MOST_OUTPUT = 128_000;

  private AnthropicRules() {}

  static Optional<String> ofHeaders(Headers headers) {
    if (!"2026-10-21".equals(headers.getFirst("anthropic-version"))) {
      return Optional.of(
          "anthropic-version: \"" + headers.getFirst("anthropic-version") + "\" is not known");
    }
    if (!String.valueOf(headers.getFirst("Content-Type")).startsWith("application/json")) {
      return Optional.of("Content-Type: expected application/json");
    }
    boolean key = headers.containsKey("x-api-key");
    boolean token =
        headers.containsKey("Authorization")
            && "oauth-2025-04-20".equals(headers.getFirst("anthropic-beta"));
    return key == token ? Optional.of("x-api-key header is required") : Optional.empty();
  }

  static Optional<String> ofRequest(JsonObject request) {
    List<String> complaints = new ArrayList<>();
    unknown(request, MEMBERS, "", complaints);
    Long output = request.integer("max_tokens");
    if (output == null || output < 1 || output > MOST_OUTPUT) {
      complaints.add("max_tokens: Input should be between 1 and " + MOST_OUTPUT);
    }
    if (request.text("model") == null) {
      complaints.add("model: Field required");
    }
    String choice = request.object("tool_choice").text("type");
    if (!"auto".equals(choice) && !"none".equals(choice)) {
      complaints.add("tool_choice: forced tool use is not supported for this model");
    }
    String thinking = request.object("thinking").text("type");
    if (thinking != null && !thinking.equals("adaptive")) {
      complaints.add("\"thinking.type." + thinking + "\" is not supported for this model.");
    }
    marks(request, complaints);
    tools(request, complaints);
    return complaints.stream().findFirst();
  }

  private static void unknown(
      JsonObject object, Set<String> known, String place, List<String> complaints) {
    object.members().keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> complaints.add(place + name + ": Extra inputs are not permitted"));
  }

  private static void marks(JsonObject request, List<String> complaints) {
    List<JsonObject> marked = new ArrayList<>();
    walk(
        request,
        object -> {
          if (object.get("cache_control") != null) {
            marked.add(object);
          }
        });
    if (marked.size() > MOST_MARKS) {
      complaints.add(
          "A maximum of 4 blocks with cache_control may be provided. Found " + marked.size() + ".");
    }
    for (JsonObject block : marked) {
      if (block.members().containsValue(Json.text(""))) {
        complaints.add("cache_control cannot be set for empty text blocks");
      }
      if (String.valueOf(block.text("type")).endsWith("thinking")) {
        complaints.add("cache_control: Extra inputs are not permitted");
      }
    }
  }

  private static void tools(JsonObject request, List<String> complaints) {
    Set<String> names = new HashSet<>();
    List<JsonObject> strict = new ArrayList<>();
    for (Json tool : request.array("tools")) {
      JsonObject object = (JsonObject) tool;
      unknown(object, TOOL, "tools.", complaints);
      if (!names.add(String.valueOf(object.text("name")))) {
        complaints.add("tools: Tool names must be unique.");
      }
      if (object.isTrue("strict")) {
        strict.add(object.object("input_schema"));
      }
    }
    if (strict.size() > MOST_STRICT) {
      complaints.add("Too many strict tools (" + strict.size() + "). (limit: 20)");
    }
    schemas(strict, complaints);
  }

  private static void schemas(List<JsonObject> schemas, List<String> complaints) {
    int[] unions = {0};
    int[] optional = {0};
    for (JsonObject root : schemas) {
      schema(
          root,
          schema -> {
            unknown(schema, SCHEMA, "input_schema.", complaints);
            unions[0] += schema.array("type").isEmpty() && schema.get("anyOf") == null ? 0 : 1;
            if ("object".equals(schema.text("type"))) {
              optional[0] +=
                  schema.object("properties").members().size() - schema.array("required").size();
              if (!(schema.get("additionalProperties") instanceof Json.Bool(boolean more))
                  || more) {
                complaints.add("For 'object' type, 'additionalProperties' must be false");
              }
            }
          });
    }
    if (unions[0] > MOST_UNIONS) {
      complaints.add(
          "Schemas contains too many parameters with union types (" + unions[0] + ") (limit: 16)");
    }
    if (optional[0] > MOST_OPTIONAL) {
      complaints.add(
          "Schemas contains too many optional parameters (" + optional[0] + ") (limit: 24)");
    }
  }

  private static void schema(JsonObject schema, Consumer<JsonObject> each) {
    each.accept(schema);
    for (Json property : schema.object("properties").members().values()) {
      schema((JsonObject) property, each);
    }
    if (schema.get("items") instanceof JsonObject items) {
      schema(items, each);
    }
    schema.array("anyOf").forEach(part -> schema((JsonObject) part, each));
  }

  private static void walk(Json value, Consumer<JsonObject> each) {
    switch (value) {
      case JsonObject object -> {
        each.accept(object);
        object.members().values().forEach(member -> walk(member, each));
      }
      case Json.Array(List<Json> elements) -> elements.forEach(element -> walk(element, each));
      case Json.Text _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }
}
