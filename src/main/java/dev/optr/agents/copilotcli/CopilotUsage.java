package dev.optr.agents.copilotcli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.TokenUse;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the program counted ({@code --usage-output-file}): tokens per model, and what GitHub bills
 * by, premium requests and AI credits. What those cost in money, no one says.
 *
 * @param line the counts, for the transcript
 */
record CopilotUsage(TokenUse tokens, JsonObject line) {
  private static final int LARGEST = 1 << 20;

  /** Reads the file, which the program may not have written, or not as expected. */
  static Optional<CopilotUsage> read(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return CopilotEvents.object(new String(in.readNBytes(LARGEST), UTF_8))
          .filter(usage -> usage.get("modelMetrics") instanceof JsonObject)
          .map(CopilotUsage::of);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** In USD: nothing where nothing was used, else not known. */
  @Nullable BigDecimal usd() {
    return tokens.equals(TokenUse.NONE) ? BigDecimal.ZERO : null;
  }

  private static CopilotUsage of(JsonObject usage) {
    TokenUse tokens = TokenUse.NONE;
    for (Json metrics : usage.object("modelMetrics").members().values()) {
      tokens = tokens.plus(tokens(metrics instanceof JsonObject object ? object : null));
    }
    JsonObject line =
        Json.object()
            .put("role", "usage")
            .put("premiumRequests", number(usage, "totalPremiumRequestCost"))
            .put("userRequests", number(usage, "totalUserRequests"))
            .put("nanoAiCredits", number(usage, "totalNanoAiu"))
            .build();
    return new CopilotUsage(tokens, line);
  }

  private static TokenUse tokens(@Nullable JsonObject metrics) {
    JsonObject usage = metrics == null ? Json.object().build() : metrics.object("usage");
    return new TokenUse(
        count(usage, "inputTokens"),
        count(usage, "outputTokens"),
        count(usage, "cacheReadTokens"),
        count(usage, "cacheWriteTokens"),
        count(usage, "reasoningTokens"));
  }

  private static @Nullable Long count(JsonObject usage, String name) {
    @Nullable Long count = usage.integer(name);
    return count == null || count < 0 ? null : count;
  }

  private static Json number(JsonObject usage, String name) {
    return usage.get(name) instanceof Json.Decimal number ? number : Json.NULL;
  }
}
