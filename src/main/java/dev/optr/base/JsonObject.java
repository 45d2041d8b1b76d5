package dev.optr.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object; members in insertion order, names unique. */
public record JsonObject(Map<String, Json> members) implements Json {
  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The member, or null where it is absent. */
  public @Nullable Json get(String name) {
    return members.get(name);
  }

  /** The text of a member, or null where it is absent, JSON null or no string. */
  public @Nullable String text(String name) {
    return members.get(name) instanceof Json.Text(String value) ? value : null;
  }

  /** The member as an object; an empty one where it is absent or no object. */
  public JsonObject object(String name) {
    return members.get(name) instanceof JsonObject object ? object : new JsonObject(Map.of());
  }

  /** The elements of a member; none where it is absent or no array. */
  public List<Json> array(String name) {
    return members.get(name) instanceof Json.Array(List<Json> elements) ? elements : List.of();
  }

  /**
   * The integer of a member, or null where it is absent, no number, fractional or outside of a
   * long.
   */
  public @Nullable Long integer(String name) {
    return members.get(name) instanceof Json.Decimal number ? number.exactLong() : null;
  }

  /** The member as a truth value; false where it is absent or none. */
  public boolean isTrue(String name) {
    return members.get(name) instanceof Json.Bool(boolean value) && value;
  }

  /** This object with a member put at its end, or replaced in its place. */
  public JsonObject with(String name, Json value) {
    Map<String, Json> copy = new LinkedHashMap<>(members);
    copy.put(name, value);
    return new JsonObject(copy);
  }

  /** This object without the named members. */
  public JsonObject without(String... names) {
    Map<String, Json> copy = new LinkedHashMap<>(members);
    for (String name : names) {
      copy.remove(name);
    }
    return new JsonObject(copy);
  }
}
