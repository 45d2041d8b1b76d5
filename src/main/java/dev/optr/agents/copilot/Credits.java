package dev.optr.agents.copilot;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a task took, in money. */
final class Credits {
  /**
   * One AI credit is 0.01 USD (docs.github.com, "GitHub Copilot billing"), told in nano credits.
   */
  private static final BigDecimal USD_PER_NANO = new BigDecimal("0.00000000001");

  private Credits() {}

  /**
   * The sum of all sessions in USD; null where one of them does not say, or counts premium
   * requests, whose price depends on the plan.
   */
  static @Nullable BigDecimal usd(@Nullable List<TaskWire.Session> sessions) {
    if (sessions == null || sessions.isEmpty()) {
      return null;
    }
    BigDecimal nano = BigDecimal.ZERO;
    for (TaskWire.Session session : sessions) {
      TaskWire.@Nullable Consumed usage = session.usage();
      BigDecimal amount = usage == null ? null : usage.amount();
      if (usage == null || amount == null || !"ai_credits".equals(usage.type())) {
        return null;
      }
      if (amount.signum() < 0 || amount.precision() > 30 || Math.abs(amount.scale()) > 30) {
        return null;
      }
      nano = nano.add(amount);
    }
    BigDecimal usd = nano.multiply(USD_PER_NANO).stripTrailingZeros();
    return usd.scale() < 0 ? usd.setScale(0) : usd;
  }
}
