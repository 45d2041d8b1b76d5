package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the members of one object of an agent's arguments and collects what is wrong with them. */
final class Members {
  private static final int LONGEST_NAME = 40;

  private final String place;
  private final JsonObject object;
  private final List<String> errors;

  /**
   * @param place of the object, with a final dot; empty at the top
   */
  Members(String place, JsonObject object, List<String> known) {
    this(place, object, known, new ArrayList<>());
  }

  /**
   * @param errors findings are added here
   */
  Members(String place, JsonObject object, List<String> known, List<String> errors) {
    this.place = place;
    this.object = object;
    this.errors = errors;
    for (String name : object.members().keySet()) {
      if (!known.contains(name)) {
        error("'" + brief(name) + "' is unknown; known are " + String.join(", ", known));
      }
    }
  }

  List<String> errors() {
    return errors;
  }

  void error(String message) {
    errors.add(place + message);
  }

  /** The text of a member; null where it is absent, null or wrong. */
  @Nullable String text(String name) {
    return switch (get(name)) {
      case Json.Text(String value) when WellFormed.isText(value) -> value;
      case Json.Text _ -> {
        error(name + ": expected Unicode text, found half a surrogate pair");
        yield null;
      }
      case Json.Null _ -> null;
      case Json other -> {
        error(name + ": expected a text, found " + kind(other));
        yield null;
      }
    };
  }

  @Nullable Boolean bool(String name) {
    return switch (get(name)) {
      case Json.Bool(boolean value) -> value;
      case Json.Null _ -> null;
      case Json other -> {
        error(name + ": expected true, false or null, found " + kind(other));
        yield null;
      }
    };
  }

  /** A number of seconds. */
  @Nullable Long seconds(String name) {
    return switch (get(name)) {
      case Json.Decimal number when isCount(number.exactLong()) -> number.exactLong();
      case Json.Null _ -> null;
      case Json other -> {
        error(name + ": expected a whole number of at least 0, found " + kind(other));
        yield null;
      }
    };
  }

  /** The number of a line, from 1. */
  @Nullable Long line(String name) {
    return switch (get(name)) {
      case Json.Decimal number when isCount(number.exactLong()) && number.value().signum() > 0 ->
          number.exactLong();
      case Json.Null _ -> null;
      case Json other -> {
        error(name + ": expected a whole number of at least 1 or null, found " + kind(other));
        yield null;
      }
    };
  }

  /** The elements of a list; none where it is absent, null or wrong. */
  List<Json> list(String name) {
    return switch (get(name)) {
      case Json.Array(List<Json> elements) -> elements;
      case Json.Null _ -> List.of();
      case Json other -> {
        error(name + ": expected a list, found " + kind(other));
        yield List.of();
      }
    };
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<Json> elements = list(name);
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Json.Text(String value) && WellFormed.isText(value)) {
        texts.add(value);
      } else {
        error(name + "[" + i + "]: expected a text, found " + kind(elements.get(i)));
      }
    }
    return texts;
  }

  /** The members of an element that must be an object; null where it is none. */
  @Nullable Members object(String name, int index, Json element, List<String> known) {
    String where = name + "[" + index + "]";
    if (element instanceof JsonObject nested) {
      return new Members(place + where + ".", nested, known, errors);
    }
    error(where + ": expected an object, found " + kind(element));
    return null;
  }

  boolean isNull(String name) {
    return get(name) instanceof Json.Null;
  }

  private Json get(String name) {
    @Nullable Json value = object.get(name);
    return value == null ? Json.NULL : value;
  }

  private static boolean isCount(@Nullable Long value) {
    return value != null && value >= 0;
  }

  /** Quotes no value: it may be a whole file. */
  private static String kind(Json value) {
    return switch (value) {
      case JsonObject _ -> "an object";
      case Json.Array _ -> "a list";
      case Json.Text _ -> "a text";
      case Json.Decimal _ -> "a number";
      case Json.Bool _ -> "a truth value";
      case Json.Null _ -> "nothing";
    };
  }

  static String brief(String name) {
    String safe = WellFormed.text(name).replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
    return safe.length() <= LONGEST_NAME
        ? safe
        : WellFormed.text(safe.substring(0, LONGEST_NAME)) + "...";
  }
}
