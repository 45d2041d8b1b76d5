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
   * @param tools functions, as JSON
   * @param background null = the answer is waited for
   * @param promptCacheKey the same for all turns of a conversation, so that they meet one cache
   */
  record Request(
      String model,
      String instructions,
      @JsonRawValue String input,
      @JsonRawValue String tools,
      @JsonProperty("tool_choice") String toolChoice,
      @JsonProperty("parallel_tool_calls") boolean parallelToolCalls,
      List<String> include,
      boolean store,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean background,
      @JsonProperty("prompt_cache_key") String promptCacheKey,
      @JsonProperty("max_output_tokens") int maxOutputTokens) {}

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
