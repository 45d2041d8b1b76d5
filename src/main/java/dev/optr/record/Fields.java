package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object of a document, each as what it must be. Every member must be there;
 * JSON null counts only where it is asked for.
 *
 * @param place where the object stands: empty for a document, else ending in a dot
 */
public record Fields(String place, JsonObject object) {
  // A hundred years: what is summed up later stays far from the end of a long.
  private static final long MOST_MILLIS = 100L * 366 * 24 * 60 * 60 * 1000;

  static Fields of(JsonObject document) {
    return new Fields("", document);
  }

  /** A document: JSON of UTF-8, well-formed text alone, and numbers that are no trap. */
  public static Fields parse(Bytes document) throws JsonException {
    return of(StoredDocuments.object(document.toArray()));
  }

  /** Name of the member that this object is; empty for a document. */
  String name() {
    return place.isEmpty() ? "" : place.substring(0, place.length() - 1);
  }

  public Json member(String name) throws JsonException {
    Json value = object.get(name);
    if (value == null) {
      throw new JsonException(place + name + ": is missing");
    }
    return value;
  }

  public boolean isNull(String name) throws JsonException {
    return member(name) instanceof Json.Null;
  }

  public String text(String name) throws JsonException {
    if (member(name) instanceof Json.Text(String text)) {
      return text;
    }
    throw unexpected(name, "a text");
  }

  public @Nullable String textOrNull(String name) throws JsonException {
    return isNull(name) ? null : text(name);
  }

  /** A text that is one of the keys, as its value. */
  public <T> T oneOf(String name, Map<String, T> known) throws JsonException {
    T value = known.get(text(name));
    if (value == null) {
      throw unexpected(name, "one of " + String.join(", ", known.keySet()));
    }
    return value;
  }

  public boolean flag(String name) throws JsonException {
    if (member(name) instanceof Json.Bool(boolean value)) {
      return value;
    }
    throw unexpected(name, "true or false");
  }

  public @Nullable Boolean flagOrNull(String name) throws JsonException {
    return isNull(name) ? null : Boolean.valueOf(flag(name));
  }

  public long whole(String name, long least, long most) throws JsonException {
    Long value = object.integer(name);
    if (value == null || value < least || value > most) {
      member(name);
      throw unexpected(name, "a whole number from " + least + " to " + most);
    }
    return value;
  }

  public @Nullable Long wholeOrNull(String name, long least) throws JsonException {
    return isNull(name) ? null : Long.valueOf(whole(name, least, Long.MAX_VALUE));
  }

  public int count(String name) throws JsonException {
    return (int) whole(name, 0, Integer.MAX_VALUE);
  }

  public long millis(String name) throws JsonException {
    return whole(name, 0, MOST_MILLIS);
  }

  /** A time as {@link Instant#toString} writes it, or null. */
  @Nullable Instant timeOrNull(String name) throws JsonException {
    if (isNull(name)) {
      return null;
    }
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw unexpected(name, "a time such as 2026-11-22T10:00:00Z");
    }
  }

  /** A number of at least 0, or null. */
  public @Nullable BigDecimal amountOrNull(String name) throws JsonException {
    if (isNull(name)) {
      return null;
    }
    if (member(name) instanceof Json.Decimal(BigDecimal value) && value.signum() >= 0) {
      return value;
    }
    throw unexpected(name, "a number of at least 0, or null");
  }

  public Fields object(String name) throws JsonException {
    if (member(name) instanceof JsonObject value) {
      return new Fields(place + name + ".", value);
    }
    throw unexpected(name, "an object");
  }

  public List<Fields> objects(String name) throws JsonException {
    List<Fields> objects = new ArrayList<>();
    for (Json element : elements(name)) {
      String position = name + "[" + objects.size() + "]";
      if (!(element instanceof JsonObject object)) {
        throw new JsonException(
            place + position + ": expected an object, found " + Found.of(element));
      }
      objects.add(new Fields(place + position + ".", object));
    }
    return objects;
  }

  public List<String> texts(String name) throws JsonException {
    List<String> texts = new ArrayList<>();
    for (Json element : elements(name)) {
      if (!(element instanceof Json.Text(String text))) {
        throw new JsonException(
            place + name + "[" + texts.size() + "]: expected a text, found " + Found.of(element));
      }
      texts.add(text);
    }
    return texts;
  }

  /** What a member must not be, said with what it is. */
  public JsonException unexpected(String name, String expected) throws JsonException {
    return new JsonException(
        place + name + ": expected " + expected + ", found " + Found.of(member(name)));
  }

  private List<Json> elements(String name) throws JsonException {
    if (member(name) instanceof Json.Array(List<Json> elements)) {
      return elements;
    }
    throw unexpected(name, "a list");
  }
}
