package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The default model of each type and how much a lane of that type is shown, from one dated resource
 * file.
 *
 * @param dated the day on which the file was last compared with the vendors' pages
 */
public record Models(String dated, Map<String, Model> byType) {
  private static final String RESOURCE = "/agents/models.json";

  public Models {
    byType = Map.copyOf(byType);
  }

  /**
   * @param name as the vendor's API wants it; empty where the type has no default, or takes none
   * @param characters the most characters of data in one prompt
   * @param outputTokens the most tokens that one answer may take, reasoning included
   */
  public record Model(String name, int characters, int outputTokens) {
    public boolean isNamed() {
      return !name.isEmpty();
    }
  }

  /** The table that is part of the program. */
  public static Models shipped() {
    try (InputStream resource = Models.class.getResourceAsStream(RESOURCE)) {
      return read(Objects.requireNonNull(resource, RESOURCE).readAllBytes());
    } catch (IOException | JsonException e) {
      throw new IllegalStateException("the resource " + RESOURCE + " is damaged", e);
    }
  }

  /** The default of a lane's type and backend; empty where there is none. */
  public Optional<Model> of(AgentSpec spec) {
    @Nullable Model ofBackend = byType.get(spec.type().id() + "/" + spec.backend());
    return ofBackend == null ? of(spec.type()) : Optional.of(ofBackend);
  }

  /** The default of a type; empty where the type has none. */
  public Optional<Model> of(AgentType type) {
    return Optional.ofNullable(byType.get(type.id()));
  }

  private static Models read(byte[] bytes) throws JsonException {
    JsonObject document = JsonReader.readObject(bytes);
    Map<String, Model> byType = new LinkedHashMap<>();
    for (Map.Entry<String, Json> type : document.object("types").members().entrySet()) {
      JsonObject model = document.object("types").object(type.getKey());
      byType.put(
          type.getKey(),
          new Model(
              Objects.requireNonNullElse(model.text("model"), ""),
              Math.toIntExact(required(model.integer("characters"), "characters")),
              Math.toIntExact(required(model.integer("outputTokens"), "outputTokens"))));
    }
    return new Models(required(document.text("dated"), "dated"), byType);
  }

  private static <T> T required(@Nullable T value, String name) throws JsonException {
    return AnswerJson.required(value, name);
  }
}
