package dev.optr.base;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value (RFC 8259) as plain data; objects keep the order in which their members were
 * written.
 */
public sealed interface Json
    permits JsonObject, Json.Array, Json.Text, Json.Decimal, Json.Bool, Json.Null {
  Json NULL = new Null();

  record Array(List<Json> elements) implements Json {
    public Array {
      elements = List.copyOf(elements);
    }
  }

  record Text(String value) implements Json {}

  record Decimal(BigDecimal value) implements Json {
    /** The value as a long, or null where it is none exactly. */
    public @Nullable Long exactLong() {
      try {
        return value.longValueExact();
      } catch (ArithmeticException notExact) {
        return null;
      }
    }
  }

  record Bool(boolean value) implements Json {}

  record Null() implements Json {}

  static Json text(@Nullable String value) {
    return value == null ? NULL : new Text(value);
  }

  static Json number(long value) {
    return new Decimal(BigDecimal.valueOf(value));
  }

  static Json number(@Nullable BigDecimal value) {
    return value == null ? NULL : new Decimal(value);
  }

  static Json bool(boolean value) {
    return new Bool(value);
  }

  static Array array(List<? extends Json> elements) {
    return new Array(List.copyOf(elements));
  }

  static Array texts(List<String> values) {
    return new Array(values.stream().map(Text::new).map(Json.class::cast).toList());
  }

  static Builder object() {
    return new Builder();
  }

  /** Collects the members of an object in their written order. */
  final class Builder {
    private final List<Map.Entry<String, Json>> members = new ArrayList<>();

    private Builder() {}

    public Builder put(String name, Json value) {
      members.add(Map.entry(name, value));
      return this;
    }

    public Builder put(String name, @Nullable String value) {
      return put(name, Json.text(value));
    }

    public Builder put(String name, long value) {
      return put(name, Json.number(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, Json.bool(value));
    }

    public Builder put(String name, @Nullable BigDecimal value) {
      return put(name, Json.number(value));
    }

    public JsonObject build() {
      Map<String, Json> map = new LinkedHashMap<>();
      for (Map.Entry<String, Json> member : members) {
        if (map.put(member.getKey(), member.getValue()) != null) {
          throw new IllegalStateException("member written twice: " + member.getKey());
        }
      }
      return new JsonObject(map);
    }
  }
}
