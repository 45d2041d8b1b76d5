package dev.optr.agents.copilotcli;

import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneEvent;
import dev.optr.agents.LaneLog;
import dev.optr.agents.WellFormed;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the program says while it works: one JSON object per line ({@code --output-format json}),
 * with {@code type} and {@code data}. Kinds that are not known are passed over, and so is what is
 * no JSON. Safe for several threads.
 */
final class CopilotEvents implements Predicate<String> {
  private static final int LONGEST_TEXT = 2000;
  private static final int MOST_KEPT = 256 << 10;
  private static final Set<String> KEPT =
      Set.of(
          "assistant.message",
          "tool.execution_start",
          "tool.execution_complete",
          "session.error",
          "result");

  private final UnaryOperator<String> clean;
  private final LaneLog log;
  private final int mostTurns;
  private String lastMessage = "";
  private @Nullable Failure failure;
  private boolean called;
  private int turns;
  private long kept;

  /**
   * @param clean takes credentials out of what is kept
   */
  CopilotEvents(UnaryOperator<String> clean, int mostTurns, LaneLog log) {
    this.mostTurns = mostTurns;
    this.clean = clean;
    this.log = log;
  }

  /** An error that the program met; it may have mended it. */
  record Failure(FailureCode code, String message) {}

  /** False once the program has had all the turns that it may have. */
  @Override
  public synchronized boolean test(String line) {
    Optional<JsonObject> event = object(line);
    if (event.isPresent() && event.get().text("type") != null) {
      String type = String.valueOf(event.get().text("type"));
      read(type, event.get().object("data"));
      if (KEPT.contains(type)) {
        keep(type, event.get());
      }
    }
    return !isOverdrawn();
  }

  static Optional<JsonObject> object(String json) {
    try {
      Json value = JsonReader.read(json);
      return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (JsonException notJson) {
      return Optional.empty();
    }
  }

  private void read(String type, JsonObject data) {
    switch (type) {
      case "assistant.turn_start" -> {
        turns++;
        if (!isOverdrawn()) {
          log.tell(new LaneEvent.Waiting("turn " + turns));
        }
      }
      case "model.call_start" -> {
        called = true;
        log.asked();
      }
      case "assistant.turn_retry" -> log.retried();
      case "assistant.message" -> {
        @Nullable String model = data.text("model");
        if (model != null) {
          log.model(cut(model));
        }
        @Nullable String content = data.text("content");
        if (content != null && !content.isBlank()) {
          lastMessage = content;
        }
      }
      case "session.error" -> failure = failure(data);
      default -> {}
    }
  }

  private static Failure failure(JsonObject data) {
    @Nullable Long status = data.integer("statusCode");
    String type = String.valueOf(data.text("errorType"));
    FailureCode code = FailureCode.SERVICE;
    if (type.startsWith("auth") || is(status, 401) || is(status, 403)) {
      code = FailureCode.AUTH;
    } else if (type.contains("quota") || is(status, 402)) {
      code = FailureCode.QUOTA;
    } else if (type.contains("rate_limit") || is(status, 429)) {
      code = FailureCode.RATE_LIMIT;
    }
    @Nullable String message = data.text("message");
    return new Failure(code, message == null ? "" : message);
  }

  private static boolean is(@Nullable Long status, long wanted) {
    return status != null && status == wanted;
  }

  private void keep(String type, JsonObject event) {
    if (kept > MOST_KEPT) {
      return;
    }
    // The result has its members beside its type.
    JsonObject what =
        type.equals("result")
            ? event.without("type")
            : event.object("data").without("toolTelemetry");
    JsonObject line =
        Json.object()
            .put("role", "event")
            .put("type", type)
            .put("data", cut(WellFormed.object(what)))
            .build();
    kept += line.toString().length();
    log.line(
        kept > MOST_KEPT
            ? Json.object().put("role", "event").put("type", "[later events cut]").build()
            : line);
  }

  /** Credentials are taken out before texts are cut, or an end of one could stay. */
  private Json cut(Json value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(cut(name), cut(member)));
        yield new JsonObject(members);
      }
      case Json.Array(List<Json> elements) -> Json.array(elements.stream().map(this::cut).toList());
      case Json.Text(String text) -> Json.text(cut(text));
      case Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private String cut(String text) {
    String redacted = clean.apply(text);
    return redacted.length() <= LONGEST_TEXT
        ? redacted
        : WellFormed.text(redacted.substring(0, LONGEST_TEXT)) + " [cut]";
  }

  /** Whether the program began a turn more than it may have. */
  synchronized boolean isOverdrawn() {
    return turns > mostTurns;
  }

  /** Whether a model was asked. */
  synchronized boolean called() {
    return called;
  }

  /** The last text that the model wrote; empty where there was none. */
  synchronized String lastMessage() {
    return lastMessage;
  }

  /** The last error. */
  synchronized Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }
}
