package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.git.FrozenTree;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls of the reading tools, as an agent makes them. */
final class ToolCalls {
  private final Toolbox toolbox;

  private ToolCalls(Toolbox toolbox) {
    this.toolbox = toolbox;
  }

  /** Of a tree, with time that stands still. */
  static ToolCalls on(FrozenTree visible) {
    return on(visible, InstantSource.fixed(Instant.EPOCH));
  }

  static ToolCalls on(FrozenTree visible, InstantSource clock) {
    return new ToolCalls(new Toolbox(visible, clock, 2));
  }

  ToolAnswer call(String name, JsonObject arguments) {
    try {
      return toolbox.call(name, arguments);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  ToolAnswer call(String name, String arguments) {
    try {
      return call(
          name, JsonReader.readObject(arguments.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (JsonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  ToolAnswer read(String path, @Nullable Long startLine, @Nullable Long endLine) {
    return call(
        ReadFile.NAME,
        Json.object()
            .put("path", path)
            .put("startLine", startLine == null ? Json.NULL : Json.number(startLine))
            .put("endLine", endLine == null ? Json.NULL : Json.number(endLine))
            .build());
  }

  String read(String path) {
    return read(path, null, null).text();
  }

  String list(@Nullable String glob) {
    return call(ListFiles.NAME, Json.object().put("glob", glob).build()).text();
  }

  String search(String regex) {
    return search(regex, null);
  }

  String search(String regex, @Nullable String glob) {
    return call(Search.NAME, Json.object().put("regex", regex).put("glob", glob).build()).text();
  }

  /** A clock that goes on by some seconds whenever it is asked. */
  static InstantSource hasty(long seconds) {
    UnaryOperator<Instant> later = time -> time.plusSeconds(seconds);
    java.util.concurrent.atomic.AtomicReference<Instant> now =
        new java.util.concurrent.atomic.AtomicReference<>(Instant.EPOCH);
    return () -> now.getAndUpdate(later);
  }
}
