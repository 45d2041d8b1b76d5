package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an agent's last word means: one tool call, or the same protocol as JSON in text. */
public final class Submission {
  private static final Pattern FENCED =
      Pattern.compile("```[a-zA-Z]*[ \\t]*\\n(.*?)\\n?```", Pattern.DOTALL);

  private Submission() {}

  /** The answer that a call of a tool is; {@code SCHEMA} where it is none. */
  public static Answer call(String tool, JsonObject arguments, Exchange exchange) {
    return switch (tool) {
      case SubmitPath.NAME -> submitted(arguments, exchange);
      case Decline.NAME -> declined(arguments, exchange);
      default ->
          schema(
              "called the unknown tool '"
                  + Members.brief(tool)
                  + "'; there are submit_path and"
                  + " decline",
              exchange);
    };
  }

  /** See {@link #call(String, JsonObject, Exchange)}, with the arguments as JSON text. */
  public static Answer call(String tool, String arguments, Exchange exchange) {
    Optional<JsonObject> object = object(arguments);
    return object.isPresent()
        ? call(tool, object.get(), exchange)
        : schema("the arguments of '" + Members.brief(tool) + "' are no JSON object", exchange);
  }

  /**
   * The answer that a text is: {@code {"tool": ..., "arguments": {...}}} or the bare arguments,
   * also within a fence or prose. {@code SCHEMA} where it is none.
   */
  public static Answer text(String text, Exchange exchange) {
    @Nullable JsonObject object = find(text);
    if (object == null) {
      return schema("answered with text instead of calling submit_path or decline", exchange);
    }
    @Nullable String tool = object.text("tool");
    if (tool != null) {
      return call(tool, object.object("arguments"), exchange);
    }
    return object.get("edits") == null && object.get("reason") != null
        ? declined(object, exchange)
        : submitted(object, exchange);
  }

  private static Answer submitted(JsonObject arguments, Exchange exchange) {
    return switch (SubmitPath.parse(arguments)) {
      case SubmitPath.Parsed(Proposal proposal) ->
          proposal.edits().isEmpty()
              ? new Answer.Failed(FailureCode.EMPTY, "submit_path without any edit", exchange)
              : new Answer.Proposed(proposal, exchange);
      case SubmitPath.Invalid(List<String> errors) -> schema("submit_path: ", errors, exchange);
    };
  }

  private static Answer declined(JsonObject arguments, Exchange exchange) {
    return switch (Decline.parse(arguments)) {
      case Decline.Parsed(String reason) -> new Answer.Declined(reason, exchange);
      case Decline.Invalid(List<String> errors) -> schema("decline: ", errors, exchange);
    };
  }

  private static Answer schema(String tool, List<String> errors, Exchange exchange) {
    String shown = String.join("; ", errors.subList(0, Math.min(errors.size(), 10)));
    String more = errors.size() > 10 ? "; and " + (errors.size() - 10) + " more" : "";
    return schema(tool + shown + more, exchange);
  }

  private static Answer schema(String message, Exchange exchange) {
    return new Answer.Failed(FailureCode.SCHEMA, message, exchange);
  }

  private static @Nullable JsonObject find(String text) {
    Optional<JsonObject> whole = object(text);
    Matcher fenced = FENCED.matcher(text);
    while (whole.isEmpty() && fenced.find()) {
      whole = object(fenced.group(1));
    }
    int first = text.indexOf('{');
    int last = text.lastIndexOf('}');
    if (whole.isEmpty() && 0 <= first && first < last) {
      whole = object(text.substring(first, last + 1));
    }
    return whole.orElse(null);
  }

  private static Optional<JsonObject> object(String text) {
    try {
      Json value = JsonReader.read(text);
      return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (JsonException notJson) {
      return Optional.empty();
    }
  }
}
