package dev.optr.agents;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says has gone wrong, in the words that all of them share.
 *
 * @param type of the error; null where the provider gave none
 * @param code more precise than the type; null where the provider gave none
 * @param message for people; null where the provider gave none
 */
public record ProviderFailure(
    @Nullable String type, @Nullable String code, @Nullable String message) {
  private static final int LONGEST = 300;
  private static final Set<String> QUOTA =
      Set.of(
          "insufficient_quota",
          "credit_balance_exhausted",
          "billing_error",
          "billing_hard_limit_reached",
          "billing_not_active",
          "usage_limit_reached");

  public static final ProviderFailure UNKNOWN = new ProviderFailure(null, null, null);

  /** True where money or a monthly limit is used up, which no further attempt mends. */
  public boolean isQuota() {
    boolean named =
        Stream.of(type == null ? "" : type, code == null ? "" : code)
            .anyMatch(
                name ->
                    QUOTA.contains(name)
                        || name.endsWith("_spend_limit_reached")
                        || name.endsWith("_usage_limit_reached"));
    // Anthropic reports these two as a plain 400.
    return named || says("credit balance is too low") || says("api usage limits");
  }

  /** The lane's code for an answer of this status. */
  public FailureCode code(int status) {
    if (isQuota()) {
      return FailureCode.QUOTA;
    }
    if (status == 413 || isTooLong()) {
      return FailureCode.TRUNCATED;
    }
    return switch (status) {
      case 401, 403 -> FailureCode.AUTH;
      case 402 -> FailureCode.QUOTA;
      case 404 -> FailureCode.UNAVAILABLE;
      case 429 -> FailureCode.RATE_LIMIT;
      default -> FailureCode.SERVICE;
    };
  }

  private boolean isTooLong() {
    return "context_length_exceeded".equals(code) || says("prompt is too long");
  }

  private boolean says(String words) {
    return message != null && message.toLowerCase(Locale.ROOT).contains(words);
  }

  /** Foreign text as one bounded line, for a message. */
  public static String oneLine(String text) {
    String line = WellFormed.text(text).replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return line.length() <= LONGEST
        ? line
        : WellFormed.text(line.substring(0, LONGEST)).strip() + "...";
  }
}
