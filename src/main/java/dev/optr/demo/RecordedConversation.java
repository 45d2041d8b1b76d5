package dev.optr.demo;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model said in a conversation, turn by turn, without the form that its provider gives it.
 *
 * @param model as the provider names it in its answers
 * @param thinking how long each turn takes
 */
public record RecordedConversation(String model, Duration thinking, List<RecordedTurn> turns) {
  public RecordedConversation {
    turns = List.copyOf(turns);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a conversation without a turn");
    }
  }

  /**
   * One turn.
   *
   * @param calls at least one
   */
  record RecordedTurn(
      List<RecordedCall> calls, long input, long cached, long output, long reasoning) {
    RecordedTurn {
      calls = List.copyOf(calls);
    }
  }

  record RecordedCall(String tool, JsonObject arguments) {}

  /**
   * Reads {@code {model, thinkingMs, turns: [{calls: [{tool, arguments}], input, cached, output,
   * reasoning}]}}, tokens counted alike for all providers.
   *
   * @throws JsonException where it is none
   */
  public static RecordedConversation read(Bytes source) throws JsonException {
    JsonObject document = JsonReader.readObject(source.toArray());
    List<RecordedTurn> turns = new ArrayList<>();
    for (Json element : document.array("turns")) {
      turns.add(turn(object(element)));
    }
    return new RecordedConversation(
        required(document.text("model"), "model"),
        Duration.ofMillis(required(document.integer("thinkingMs"), "thinkingMs")),
        turns);
  }

  /** The last turn again where a client asks for more than was recorded. */
  RecordedTurn turn(int index) {
    return turns.get(Math.min(index, turns.size() - 1));
  }

  private static RecordedTurn turn(JsonObject turn) throws JsonException {
    List<RecordedCall> calls = new ArrayList<>();
    for (Json element : turn.array("calls")) {
      JsonObject call = object(element);
      calls.add(new RecordedCall(required(call.text("tool"), "tool"), call.object("arguments")));
    }
    return new RecordedTurn(
        calls,
        required(turn.integer("input"), "input"),
        required(turn.integer("cached"), "cached"),
        required(turn.integer("output"), "output"),
        required(turn.integer("reasoning"), "reasoning"));
  }

  private static JsonObject object(Json element) throws JsonException {
    return required(element instanceof JsonObject object ? object : null, "object");
  }

  private static <T> T required(@Nullable T value, String name) throws JsonException {
    if (value == null) {
      throw new JsonException("no usable '" + name + "' in a recorded conversation");
    }
    return value;
  }
}
