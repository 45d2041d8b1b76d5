package dev.optr.demo;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model said in a conversation, turn by turn, without the form that its provider gives it.
 *
 * @param model as the provider names it in its answers
 * @param thinking how long each turn takes
 * @param verdicts what the model says when it is asked to judge the change of another
 */
public record RecordedConversation(
    String model, Duration thinking, List<RecordedTurn> turns, List<RecordedVerdict> verdicts) {
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final int TOKENS_OF_A_VERDICT = 120;
  private static final Pattern JUDGED = Pattern.compile("\\bchange-[0-9a-f]{12}\\b");

  public RecordedConversation {
    turns = List.copyOf(turns);
    verdicts = List.copyOf(verdicts);
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
   * A verdict on one constraint, for the changes in which its quote stands.
   *
   * @param quote of characters that JSON does not escape
   */
  record RecordedVerdict(String constraint, boolean held, String quote) {
    Json json() {
      return Json.object()
          .put("constraint", constraint)
          .put("held", held)
          .put("quote", quote)
          .build();
    }
  }

  /**
   * Reads {@code {model, thinkingMs, turns: [{calls: [{tool, arguments}], input, cached, output,
   * reasoning}], verdicts: [{constraint, held, quote}]}}, tokens counted alike for all providers.
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
        turns,
        verdicts(document));
  }

  private static List<RecordedVerdict> verdicts(JsonObject document) throws JsonException {
    List<RecordedVerdict> verdicts = new ArrayList<>();
    for (Json element : document.array("verdicts")) {
      JsonObject verdict = object(element);
      verdicts.add(
          new RecordedVerdict(
              required(verdict.text("constraint"), "constraint"),
              verdict.isTrue("held"),
              required(verdict.text("quote"), "quote")));
    }
    return verdicts;
  }

  /**
   * What it answers to a request: its verdicts where a change is shown to it as to a judge, else
   * the turn of that number.
   *
   * @param request the whole request as JSON
   */
  RecordedTurn answer(String request, int turn) {
    Matcher judged = JUDGED.matcher(request);
    return judged.find() ? judgement(request, judged.group()) : turn(turn);
  }

  /** For each constraint the first verdict whose quote stands in what is shown. */
  private RecordedTurn judgement(String request, String change) {
    Map<String, RecordedVerdict> given = new LinkedHashMap<>();
    verdicts.stream()
        .filter(verdict -> request.contains(verdict.quote()))
        .forEach(verdict -> given.putIfAbsent(verdict.constraint(), verdict));
    JsonObject arguments =
        Json.object()
            .put("change", change)
            .put(
                "verdicts", Json.array(given.values().stream().map(RecordedVerdict::json).toList()))
            .build();
    RecordedCall call = new RecordedCall("submit_verdicts", arguments);
    return new RecordedTurn(
        List.of(call), request.length() / CHARACTERS_PER_TOKEN, 0, TOKENS_OF_A_VERDICT, 0);
  }

  /** The last turn again where a client asks for more than was recorded. */
  private RecordedTurn turn(int index) {
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
