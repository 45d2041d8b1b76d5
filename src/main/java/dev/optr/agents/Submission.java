package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.git.Edit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a call of {@code submit_path} or {@code decline} means. */
public final class Submission {
  private static final int MOST_ERRORS = 10;

  private Submission() {}

  /** How a call was read. */
  sealed interface Read {}

  record Submitted(Proposal proposal, List<Edit> edits) implements Read {}

  record Declined(String reason) implements Read {}

  /**
   * @param message what is wrong with it and what is expected
   */
  record Wrong(FailureCode code, String message) implements Read {}

  /** True for the two tools that end a lane. */
  static boolean isLastWord(String tool) {
    return tool.equals(SubmitPath.NAME) || tool.equals(Decline.NAME);
  }

  /** The arguments as an object; empty where they are none. */
  static Optional<JsonObject> arguments(String json) {
    try {
      Json value = JsonReader.read(json);
      return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (JsonException notJson) {
      return Optional.empty();
    }
  }

  static Read read(String tool, JsonObject arguments) {
    return switch (tool) {
      case SubmitPath.NAME -> submitted(arguments);
      case Decline.NAME -> declined(arguments);
      default ->
          new Wrong(
              FailureCode.SCHEMA,
              "called the unknown tool '"
                  + Members.brief(tool)
                  + "'; there are submit_path and decline");
    };
  }

  /** The answer that a call of a tool is; {@code SCHEMA} where it is none. */
  public static Answer call(String tool, JsonObject arguments, Exchange exchange) {
    return switch (read(tool, arguments)) {
      case Submitted(Proposal proposal, _) -> new Answer.Proposed(proposal, exchange);
      case Declined(String reason) -> new Answer.Declined(reason, exchange);
      case Wrong(FailureCode code, String message) -> new Answer.Failed(code, message, exchange);
    };
  }

  /**
   * The answer that a text is, where it holds exactly one call of the protocol; empty where it
   * holds none.
   */
  public static Optional<Answer> text(String text, Exchange exchange) {
    List<ToolCall> calls = TextProtocol.calls(text);
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    ToolCall call = calls.getLast();
    @Nullable JsonObject arguments = arguments(call.arguments()).orElse(null);
    return Optional.of(
        calls.size() > 1 || arguments == null
            ? new Answer.Failed(
                FailureCode.SCHEMA,
                "answered with " + calls.size() + " calls instead of one",
                exchange)
            : call(call.name(), arguments, exchange));
  }

  private static Read submitted(JsonObject arguments) {
    return switch (SubmitPath.parse(arguments)) {
      case SubmitPath.Parsed(Proposal proposal) -> submitted(proposal);
      case SubmitPath.Invalid(List<String> errors) -> wrong("submit_path: ", errors);
    };
  }

  private static Read submitted(Proposal proposal) {
    return switch (proposal.work()) {
      case Proposal.Work.Edits(List<Edit> edits) when !edits.isEmpty() ->
          new Submitted(proposal, edits);
      case Proposal.Work.Edits _, Proposal.Work.Changes _ ->
          new Wrong(FailureCode.EMPTY, "submit_path without any edit");
    };
  }

  private static Read declined(JsonObject arguments) {
    return switch (Decline.parse(arguments)) {
      case Decline.Parsed(String reason) -> new Declined(reason);
      case Decline.Invalid(List<String> errors) -> wrong("decline: ", errors);
    };
  }

  private static Wrong wrong(String tool, List<String> errors) {
    String shown = String.join("; ", errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
    int more = errors.size() - MOST_ERRORS;
    return new Wrong(
        FailureCode.SCHEMA, tool + shown + (more > 0 ? "; and " + more + " more" : ""));
  }
}
