package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;

/** The schema of {@code submit_path}; no keyword beyond the subset that strict tools take. */
final class SubmitPathSchema {
  private SubmitPathSchema() {}

  static JsonObject schema() {
    return strict(
        Json.object()
            .put("summary", type("string", "What the change does, in one sentence."))
            .put("rationale", type("string", "Why this way."))
            .put(
                "ttvEstimateSeconds",
                nullable("integer", "Your estimate of the seconds until the change is of use."))
            .put("invariants", list(type("string", "An invariant that the change keeps.")))
            .put("risks", list(type("string", "Something that may go wrong.")))
            .put("constraints", list(constraint()))
            .put("edits", list(edit()))
            .build());
  }

  private static JsonObject constraint() {
    return strict(
        Json.object()
            .put("id", type("string", "Id of one of the constraints."))
            .put("held", nullable("boolean", "Whether the change respects it."))
            .put("note", type("string", "How."))
            .build());
  }

  private static JsonObject edit() {
    JsonObject op =
        type("string", "What is done to the file.")
            .with("enum", Json.texts(List.of("create", "replace", "rewrite", "delete", "rename")));
    return strict(
        Json.object()
            .put("op", op)
            .put("path", type("string", "The file, from the repository's root, with slashes."))
            .put("to", nullable("string", "rename: the new path."))
            .put("search", nullable("string", "replace: exact text that stands there once."))
            .put("replace", nullable("string", "replace: what stands there instead."))
            .put("content", nullable("string", "create, rewrite: the whole file."))
            .put("executable", nullable("boolean", "create, rewrite: whether it can be run."))
            .build());
  }

  static JsonObject strict(JsonObject properties) {
    return Json.object()
        .put("type", "object")
        .put("additionalProperties", false)
        .put("required", Json.texts(List.copyOf(properties.members().keySet())))
        .put("properties", properties)
        .build();
  }

  static JsonObject type(String type, String description) {
    return Json.object().put("type", type).put("description", description).build();
  }

  static JsonObject nullable(String type, String description) {
    return Json.object()
        .put("type", Json.texts(List.of(type, "null")))
        .put("description", description)
        .build();
  }

  private static JsonObject list(JsonObject items) {
    return Json.object().put("type", "array").put("items", items).build();
  }
}
