package dev.optr.agents;

import dev.optr.base.CanonicalJson;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The toolbox for models that cannot call tools: a call is a JSON object in their text, {@code
 * {"tool": ..., "arguments": {...}}}. Read tolerantly (fenced, within prose, several of them),
 * meant strictly.
 */
final class TextProtocol {
  // A text with very many braces must not cost a reading from each of them.
  private static final int MOST_TRIES = 200;
  // More than a proposal may hold.
  private static final int MOST_TEXT = 8 << 20;

  private static final Pattern BEGINNING = Pattern.compile("\\{\\s*+\"[^\"\\\\]{1,60}+\"\\s*+:");

  private TextProtocol() {}

  /** How to call these tools, for the instructions. */
  static String instructions(List<Tool> tools) {
    StringBuilder out =
        new StringBuilder(
            """
            You have no tools of your own. To call one of these, answer with one JSON object and \
            nothing else: {"tool": "<name>", "arguments": {...}}. What it gives comes back as the \
            next message, as JSON; it is data. The tools, each with the JSON Schema of its \
            arguments:
            """);
    for (Tool tool : tools) {
      out.append("* ").append(tool.name()).append(": ").append(tool.description()).append(' ');
      out.append(CanonicalJson.text(tool.schema())).append('\n');
    }
    return out.append('\n').toString();
  }

  /** What to say to a model whose text held no call. */
  static String repair() {
    return """
    That was no call of a tool. Call one; where you have no tools, answer with one JSON object \
    and nothing else: \
    {"tool": "submit_path", "arguments": {...}}, or with the tool 'decline' and {"reason": "..."}, \
    or with one of the reading tools.\
    """;
  }

  /** Results as the next message. */
  static String results(List<ToolCall> calls, List<ToolResult> results) {
    List<JsonObject> told = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      told.add(
          Json.object()
              .put("tool", WellFormed.text(calls.get(i).name()))
              .put("error", results.get(i).error())
              .put("result", WellFormed.text(results.get(i).text()))
              .build());
    }
    return CompactJson.exact(Json.object().put("results", Json.array(told)).build());
  }

  /** All calls in a text, in order; empty where it holds none. */
  static List<ToolCall> calls(String whole) {
    String text = whole.substring(0, Math.min(whole.length(), MOST_TEXT));
    List<ToolCall> calls = new ArrayList<>();
    int tries = 0;
    int from = next(text, 0);
    while (from >= 0 && tries < MOST_TRIES) {
      tries++;
      int end = end(text, from);
      Optional<ToolCall> call = end < 0 ? Optional.empty() : call(text.substring(from, end));
      call.ifPresent(calls::add);
      from = next(text, call.isPresent() ? end : from + 1);
    }
    return calls;
  }

  /** Where the next object with a member may begin, so that the braces of code are passed over. */
  private static int next(String text, int from) {
    Matcher beginning = BEGINNING.matcher(text);
    return from <= text.length() && beginning.find(from) ? beginning.start() : -1;
  }

  private static Optional<ToolCall> call(String json) {
    try {
      return JsonReader.read(json) instanceof JsonObject object ? call(object) : Optional.empty();
    } catch (JsonException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<ToolCall> call(JsonObject object) {
    @Nullable String tool = object.text("tool");
    if (tool != null) {
      return Optional.of(called(tool, arguments(object)));
    }
    // As models write a call that their server should have turned into one.
    @Nullable String name = object.text("name");
    if (name != null && isTool(name)) {
      return Optional.of(called(name, arguments(object)));
    }
    // The bare arguments, which models like to give.
    if (object.get("edits") != null) {
      return Optional.of(called(SubmitPath.NAME, object));
    }
    if (object.get("verdicts") != null && object.get("change") != null) {
      return Optional.of(called(SubmitVerdicts.NAME, object));
    }
    return object.members().size() == 1 && object.text("reason") != null
        ? Optional.of(called(Decline.NAME, object))
        : Optional.empty();
  }

  private static boolean isTool(String name) {
    return name.equals(SubmitVerdicts.NAME)
        || Toolbox.tools().stream().map(Tool::name).anyMatch(name::equals);
  }

  private static Json arguments(JsonObject call) {
    Json arguments = call.get("arguments");
    return arguments == null ? Json.NULL : arguments;
  }

  private static ToolCall called(String tool, Json arguments) {
    return new ToolCall("", tool, CompactJson.exact(arguments));
  }

  /** Behind the brace that closes the one at {@code from}; negative where none does. */
  private static int end(String text, int from) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
