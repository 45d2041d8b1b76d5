package dev.optr.agents.anthropic;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One content block while its deltas come in. */
final class StreamedBlock {
  private static final JsonObject NONE = Json.object().build();

  private final JsonObject start;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final StringBuilder signature = new StringBuilder();
  private final StringBuilder input = new StringBuilder();
  private final List<Json> citations = new ArrayList<>();

  StreamedBlock(JsonObject start) {
    this.start = start;
  }

  /** A delta of a kind that is not known here is left out, as the vendor's own clients do. */
  void add(JsonObject delta) throws JsonException {
    String type = delta.text("type");
    switch (type == null ? "" : type) {
      case "text_delta" -> text.append(part(delta, "text"));
      case "thinking_delta" -> thinking.append(part(delta, "thinking"));
      case "signature_delta" -> signature.append(part(delta, "signature"));
      case "input_json_delta" -> input.append(part(delta, "partial_json"));
      case "citations_delta" -> citations.add(delta.object("citation"));
      default -> {}
    }
  }

  /** The block as an answer that is not streamed has it. */
  JsonObject whole() {
    JsonObject whole =
        grown(grown(grown(start, "text", text), "thinking", thinking), "signature", signature);
    if (!citations.isEmpty()) {
      whole = whole.with("citations", Json.array(citations));
    }
    return input.isEmpty() ? whole : whole.with("input", arguments());
  }

  private static JsonObject grown(JsonObject block, String member, StringBuilder more) {
    if (more.isEmpty()) {
      return block;
    }
    @Nullable String begun = block.text(member);
    return block.with(member, Json.text((begun == null ? "" : begun) + more));
  }

  /**
   * Arguments that were cut, or are no object, count as none: the call is then answered with what
   * it lacks, whereas the API takes nothing but an object back.
   */
  private JsonObject arguments() {
    try {
      return JsonReader.read(input.toString()) instanceof JsonObject object ? object : NONE;
    } catch (JsonException cut) {
      return NONE;
    }
  }

  private static String part(JsonObject delta, String member) throws JsonException {
    @Nullable String part = delta.text(member);
    if (part == null) {
      throw new JsonException("a delta without '" + member + "'");
    }
    return part;
  }
}
