package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The shipped JSON Schemas: validity, and members in the order of their properties. */
public final class Schemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Schemas() {}

  /** Asserts that a document is valid against {@code schema/<name>.schema.json}, and in order. */
  public static void assertValid(String name, String document) {
    assertThat(
            REGISTRY
                .getSchema(SchemaLocation.of("classpath:/schema/" + name + ".schema.json"))
                .validate(document, InputFormat.JSON))
        .as(name)
        .isEmpty();
    JsonObject schema = read(name);
    assertOrder(name, schema, schema, parse(document));
  }

  /** The schema file itself. */
  public static JsonObject read(String name) {
    String path = "/schema/" + name + ".schema.json";
    try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream(path), path)) {
      return (JsonObject) parse(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static Json parse(String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonException e) {
      throw new AssertionError(text, e);
    }
  }

  private static void assertOrder(String where, JsonObject file, JsonObject schema, Json value) {
    String reference = schema.text("$ref");
    if (reference != null) {
      JsonObject target = reference.startsWith("#") ? file : read(reference.split("\\.", 2)[0]);
      String definition = reference.substring(reference.lastIndexOf('/') + 1);
      assertOrder(where, target, target.object("$defs").object(definition), value);
    } else if (!schema.array("anyOf").isEmpty() && !(value instanceof Json.Null)) {
      assertOrder(where, file, (JsonObject) schema.array("anyOf").getFirst(), value);
    } else if (value instanceof Json.Array(List<Json> elements)) {
      elements.forEach(element -> assertOrder(where, file, schema.object("items"), element));
    } else if (value instanceof JsonObject object && schema.get("properties") != null) {
      JsonObject properties = schema.object("properties");
      List<String> expected = new ArrayList<>(properties.members().keySet());
      expected.retainAll(object.members().keySet());
      assertThat(object.members().keySet()).as(where).containsExactlyElementsOf(expected);
      object
          .members()
          .forEach(
              (name, member) ->
                  assertOrder(where + "/" + name, file, properties.object(name), member));
    }
  }
}
