package dev.optr.agents.anthropic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes over the wire, as far as it is used. */
final class AnthropicWire {
  private AnthropicWire() {}

  /**
   * @param messages as JSON
   */
  record Request(
      String model,
      @JsonProperty("max_tokens") int maxTokens,
      boolean stream,
      List<Text> system,
      @JsonRawValue String messages,
      List<Tool> tools,
      @JsonProperty("tool_choice") ToolChoice toolChoice) {}

  record Text(String type, String text, @JsonProperty("cache_control") CacheControl cacheControl) {}

  record CacheControl(String type) {
    /** Kept for five minutes, longer with each use. */
    static final CacheControl EPHEMERAL = new CacheControl("ephemeral");
  }

  /**
   * @param inputSchema a JSON Schema, as JSON
   */
  record Tool(
      String name,
      String description,
      boolean strict,
      @JsonProperty("input_schema") @JsonRawValue String inputSchema) {}

  record ToolChoice(String type) {}

  record Response(
      @Nullable String model,
      @Nullable List<Block> content,
      @JsonProperty("stop_reason") @Nullable String stopReason,
      @JsonProperty("stop_details") @Nullable StopDetails stopDetails,
      @Nullable Tokens usage) {}

  /**
   * @param text of a text block
   * @param input of a tool call: an object, not text
   */
  record Block(
      @Nullable String type,
      @Nullable String text,
      @Nullable String id,
      @Nullable String name,
      @Nullable JsonNode input) {}

  record StopDetails(@Nullable String category, @Nullable String explanation) {}

  /**
   * @param input without what was read from or written to the cache
   */
  record Tokens(
      @JsonProperty("input_tokens") @Nullable Long input,
      @JsonProperty("cache_creation_input_tokens") @Nullable Long cacheWritten,
      @JsonProperty("cache_read_input_tokens") @Nullable Long cached,
      @JsonProperty("output_tokens") @Nullable Long output,
      @JsonProperty("output_tokens_details") @Nullable OutputDetails outputDetails) {}

  record OutputDetails(@JsonProperty("thinking_tokens") @Nullable Long thinking) {}

  /**
   * @param serviceAccountId left out where null, and so {@code workspaceId}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Exchange(
      @JsonProperty("grant_type") String grantType,
      String assertion,
      @JsonProperty("federation_rule_id") String federationRuleId,
      @JsonProperty("organization_id") String organizationId,
      @JsonProperty("service_account_id") @Nullable String serviceAccountId,
      @JsonProperty("workspace_id") @Nullable String workspaceId) {}

  record AccessToken(
      @JsonProperty("access_token") @Nullable String accessToken,
      @JsonProperty("token_type") @Nullable String tokenType,
      @JsonProperty("expires_in") @Nullable Long expiresIn) {}

  record Failure(@Nullable Problem error) {}

  record Problem(@Nullable String type, @Nullable String message, @Nullable Details details) {}

  record Details(@JsonProperty("error_code") @Nullable String errorCode) {}
}
