package dev.optr.agents.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes over the wire, as far as it is used. */
final class OpenAiWire {
  private OpenAiWire() {}

  /**
   * @param input messages, the model's own items and results of its calls, as JSON
   * @param background null = the answer is waited for
   * @param promptCacheKey the same for all turns of a conversation, so that they meet one cache
   */
  record Request(
      String model,
      String instructions,
      @JsonRawValue String input,
      List<Tool> tools,
      @JsonProperty("tool_choice") String toolChoice,
      @JsonProperty("parallel_tool_calls") boolean parallelToolCalls,
      List<String> include,
      boolean store,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean background,
      @JsonProperty("prompt_cache_key") String promptCacheKey,
      @JsonProperty("max_output_tokens") int maxOutputTokens) {}

  /**
   * @param parameters a JSON Schema, as JSON
   */
  record Tool(
      String type,
      String name,
      String description,
      boolean strict,
      @JsonRawValue String parameters) {}

  record Response(
      @Nullable String id,
      @Nullable String status,
      @Nullable String model,
      @Nullable Problem error,
      @JsonProperty("incomplete_details") @Nullable Incomplete incompleteDetails,
      @Nullable List<Output> output,
      @Nullable Tokens usage) {}

  record Incomplete(@Nullable String reason) {}

  /**
   * @param arguments of a function call, JSON as text
   * @param content of a message
   * @param phase of a message: {@code commentary} or {@code final_answer}
   */
  record Output(
      @Nullable String type,
      @JsonProperty("call_id") @Nullable String callId,
      @Nullable String name,
      @Nullable String arguments,
      @Nullable List<Content> content,
      @Nullable String phase) {}

  record Content(@Nullable String type, @Nullable String text, @Nullable String refusal) {}

  record Tokens(
      @JsonProperty("input_tokens") @Nullable Long input,
      @JsonProperty("input_tokens_details") @Nullable InputDetails inputDetails,
      @JsonProperty("output_tokens") @Nullable Long output,
      @JsonProperty("output_tokens_details") @Nullable OutputDetails outputDetails) {}

  record InputDetails(
      @JsonProperty("cached_tokens") @Nullable Long cached,
      @JsonProperty("cache_write_tokens") @Nullable Long cacheWritten) {}

  record OutputDetails(@JsonProperty("reasoning_tokens") @Nullable Long reasoning) {}

  record Failure(@Nullable Problem error) {}

  /** A token exchange (RFC 8693) with what OpenAI wants besides. */
  record Exchange(
      @JsonProperty("grant_type") String grantType,
      @JsonProperty("subject_token") String subjectToken,
      @JsonProperty("subject_token_type") String subjectTokenType,
      @JsonProperty("identity_provider_id") String identityProviderId,
      @JsonProperty("service_account_id") String serviceAccountId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("client_id")
          @Nullable String clientId) {}

  record Problem(@Nullable String type, @Nullable String code, @Nullable String message) {}
}
