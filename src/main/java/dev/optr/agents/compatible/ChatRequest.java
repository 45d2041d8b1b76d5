package dev.optr.agents.compatible;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire: no member that a server might not know.
 *
 * @param messages as JSON
 * @param tools null where the model has none
 * @param maxTokens older than {@code max_completion_tokens}, and known to all servers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatRequest(
    String model,
    @JsonRawValue String messages,
    @Nullable List<Tool> tools,
    @JsonProperty("max_tokens") int maxTokens) {
  record Tool(String type, Function function) {}

  /**
   * @param parameters a JSON Schema, as JSON
   */
  record Function(String name, String description, @JsonRawValue String parameters) {}
}
