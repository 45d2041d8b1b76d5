package dev.optr.agents.recorded;

import dev.optr.agents.Decline;
import dev.optr.agents.FailureCode;
import dev.optr.agents.SubmitPath;
import dev.optr.agents.Usage;
import dev.optr.agents.Verdict;
import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.UserException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one recording and finds everything that is wrong with it. */
final class RecordingFile {
  private static final List<String> KEYS =
      List.of("tool", "arguments", "delayMs", "usage", "verdicts");
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);
  private static final long LONGEST_DELAY_MS = Duration.ofDays(1).toMillis();

  private final String place;
  private final List<String> errors = new ArrayList<>();

  private RecordingFile(String place) {
    this.place = place;
  }

  /**
   * @throws UserException with all findings, each with the file
   */
  static Recording read(String place, Bytes source) {
    RecordingFile reader = new RecordingFile(place);
    Recording recording = reader.recording(document(place, source));
    if (!reader.errors.isEmpty()) {
      throw new UserException(reader.errors);
    }
    return recording;
  }

  private static JsonObject document(String place, Bytes source) {
    try {
      return JsonReader.readObject(source.toArray());
    } catch (JsonException e) {
      throw new UserException(place + ": no recording, expected JSON: " + e.getMessage());
    }
  }

  private Recording recording(JsonObject document) {
    unknown("", document, KEYS);
    @Nullable Json arguments = document.get("arguments");
    if (!(arguments instanceof JsonObject)) {
      error("arguments: expected an object");
    }
    long delayMs = count(document, "", "delayMs");
    if (delayMs > LONGEST_DELAY_MS) {
      error("delayMs: '" + delayMs + "' is more than a day");
    }
    return new Recording(
        outcome(document.text("tool"), document.object("arguments")),
        Duration.ofMillis(Math.min(delayMs, LONGEST_DELAY_MS)),
        usage(document),
        verdicts(document));
  }

  private Recording.Outcome outcome(@Nullable String tool, JsonObject arguments) {
    return switch (tool == null ? "" : tool) {
      case SubmitPath.NAME -> {
        if (SubmitPath.parse(arguments) instanceof SubmitPath.Invalid(List<String> found)) {
          found.forEach(it -> error("arguments." + it));
        }
        yield new Recording.Call(SubmitPath.NAME, arguments);
      }
      case Decline.NAME -> {
        if (Decline.parse(arguments) instanceof Decline.Invalid(List<String> found)) {
          found.forEach(it -> error("arguments." + it));
        }
        yield new Recording.Call(Decline.NAME, arguments);
      }
      case "fail" -> fail(arguments);
      default -> {
        error(
            "tool: expected submit_path, decline or fail, found "
                + (tool == null ? "no text" : "'" + tool + "'"));
        yield new Recording.Fail(FailureCode.SCHEMA, "");
      }
    };
  }

  private Recording.Fail fail(JsonObject arguments) {
    unknown("arguments.", arguments, List.of("code", "message"));
    @Nullable String name = arguments.text("code");
    @Nullable String message = arguments.text("message");
    for (FailureCode code : FailureCode.values()) {
      if (code.name().equals(name)) {
        return new Recording.Fail(code, message == null ? "" : message);
      }
    }
    String codes =
        Arrays.stream(FailureCode.values()).map(Enum::name).collect(Collectors.joining(", "));
    error(
        "arguments.code: expected one of "
            + codes
            + ", found "
            + (name == null ? "no text" : "'" + name + "'"));
    return new Recording.Fail(FailureCode.SERVICE, "");
  }

  private Usage usage(JsonObject document) {
    @Nullable Json found = document.get("usage");
    if (found == null) {
      return Usage.NONE;
    }
    JsonObject usage = object("usage", found);
    unknown("usage.", usage, List.of("inputTokens", "outputTokens", "usd"));
    @Nullable BigDecimal usd = usage.get("usd") instanceof Json.Decimal(BigDecimal it) ? it : null;
    if (isThere(usage, "usd") && (usd == null || !isPrice(usd))) {
      error(
          "usage.usd: expected a number of at least 0, at most 1000000, with at most 12 decimals");
    }
    return new Usage(
        isThere(usage, "inputTokens") ? count(usage, "usage.", "inputTokens") : null,
        isThere(usage, "outputTokens") ? count(usage, "usage.", "outputTokens") : null,
        null,
        null,
        null,
        usd,
        0,
        0);
  }

  private static boolean isPrice(BigDecimal usd) {
    return usd.signum() >= 0 && usd.scale() <= 12 && usd.compareTo(MOST_USD) <= 0;
  }

  private List<Verdict> verdicts(JsonObject document) {
    @Nullable Json found = document.get("verdicts");
    if (found != null && !(found instanceof Json.Array)) {
      error("verdicts: expected a list");
    }
    List<Verdict> verdicts = new ArrayList<>();
    List<Json> elements = document.array("verdicts");
    for (int i = 0; i < elements.size(); i++) {
      String where = "verdicts[" + i + "]";
      JsonObject verdict = object(where, elements.get(i));
      unknown(where + ".", verdict, List.of("constraint", "held", "quote"));
      @Nullable String constraint = verdict.text("constraint");
      @Nullable String quote = verdict.text("quote");
      if (constraint == null) {
        error(where + ".constraint: expected the id of a constraint");
      }
      @Nullable Boolean held = verdict.get("held") instanceof Json.Bool(boolean it) ? it : null;
      verdicts.add(
          new Verdict(constraint == null ? "" : constraint, held, quote == null ? "" : quote));
    }
    return verdicts;
  }

  private long count(JsonObject object, String prefix, String name) {
    @Nullable Long value = object.integer(name);
    if (isThere(object, name) && (value == null || value < 0)) {
      error(prefix + name + ": expected a whole number of at least 0");
      return 0;
    }
    return value == null ? 0 : value;
  }

  /** JSON null stands for what is not known. */
  private static boolean isThere(JsonObject object, String name) {
    return object.get(name) != null && !(object.get(name) instanceof Json.Null);
  }

  private JsonObject object(String where, Json found) {
    if (found instanceof JsonObject object) {
      return object;
    }
    error(where + ": expected an object");
    return Json.object().build();
  }

  private void unknown(String prefix, JsonObject object, List<String> known) {
    for (String name : object.members().keySet()) {
      if (!known.contains(name)) {
        error(prefix + name + ": unknown; known are " + String.join(", ", known));
      }
    }
  }

  private void error(String message) {
    errors.add(place + ": " + message);
  }
}
