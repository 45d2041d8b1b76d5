package dev.optr.agents;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs. Vendors bill the whole of a request with a long prompt at other prices, its
 * output included.
 *
 * @param usual price of a request
 * @param longPrompt empty = the same price whatever the length
 */
public record Tariff(Prices.Price usual, Optional<LongPrompt> longPrompt) {
  /**
   * @param above tokens of input, cached included, beyond which the other price counts
   */
  public record LongPrompt(long above, Prices.Price price) {}

  public static Tariff flat(Prices.Price price) {
    return new Tariff(price, Optional.empty());
  }

  /** The price of a request with so much input. */
  public Prices.Price at(long input) {
    return longPrompt.filter(it -> input > it.above()).map(LongPrompt::price).orElse(usual);
  }

  /** USD of one request; null where the provider did not say how much was used. */
  public @Nullable BigDecimal of(TokenUse use) {
    Long input = use.input();
    return input == null ? null : at(input).of(use);
  }
}
