package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A document with one thing changed, for every thing in it and several changes each. */
final class Mutations {
  private static final List<Json> VALUES =
      List.of(
          Json.NULL,
          Json.bool(true),
          Json.number(new BigDecimal("-1e300")),
          Json.number(Long.MAX_VALUE),
          Json.text("../\u202E\u0000"),
          Json.array(List.of(Json.NULL)),
          Json.object().put("x", Json.NULL).build());

  private Mutations() {}

  static List<JsonObject> of(JsonObject document) {
    return all(document).filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList();
  }

  static JsonObject document(@Nullable Bytes bytes) {
    return (JsonObject) parse(Objects.requireNonNull(bytes).utf8());
  }

  static Json parse(String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonException e) {
      throw new AssertionError(text, e);
    }
  }

  private static Stream<Json> all(Json value) {
    return Stream.concat(
        VALUES.stream().filter(other -> !other.equals(value)),
        switch (value) {
          case JsonObject object -> ofObject(object).stream();
          case Json.Array(List<Json> elements) -> ofArray(elements).stream();
          case Json.Text _, Json.Decimal _, Json.Bool _, Json.Null _ -> Stream.empty();
        });
  }

  private static List<Json> ofObject(JsonObject object) {
    List<Json> changed = new ArrayList<>();
    changed.add(object.with("x", Json.NULL));
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      changed.add(object.without(member.getKey()));
      all(member.getValue())
          .forEach(
              value -> {
                Map<String, Json> copy = new LinkedHashMap<>(object.members());
                copy.put(member.getKey(), value);
                changed.add(new JsonObject(copy));
              });
    }
    return changed;
  }

  private static List<Json> ofArray(List<Json> elements) {
    List<Json> changed = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      int at = i;
      List<Json> shorter = new ArrayList<>(elements);
      shorter.remove(at);
      changed.add(Json.array(shorter));
      List<Json> longer = new ArrayList<>(elements);
      longer.add(elements.get(at));
      changed.add(Json.array(longer));
      all(elements.get(at))
          .forEach(
              value -> {
                List<Json> copy = new ArrayList<>(elements);
                copy.set(at, value);
                changed.add(Json.array(copy));
              });
    }
    return changed;
  }
}
