package dev.optr.agents;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an answer used; null = the provider did not say.
 *
 * @param inputTokens all input, cached included
 * @param usd null = unknown price, never 0
 * @param requests requests sent, retries included
 */
public record Usage(
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long cachedTokens,
    @Nullable Long cacheWrittenTokens,
    @Nullable Long reasoningTokens,
    @Nullable BigDecimal usd,
    int requests,
    int retries) {

  /** Nothing was asked and nothing paid. */
  public static final Usage NONE = new Usage(0L, 0L, 0L, 0L, 0L, BigDecimal.ZERO, 0, 0);

  /** Something was asked, and what it used is not known. */
  public static Usage unknown(int requests, int retries) {
    return new Usage(null, null, null, null, null, null, requests, retries);
  }
}
