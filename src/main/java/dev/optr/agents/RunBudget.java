package dev.optr.agents;

import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What all lanes of a run may take together. A turn is paid from what it reserved before, so that
 * lanes that run at once cannot overdraw it between them.
 */
public final class RunBudget {
  private final @Nullable RunBudget whole;
  private @Nullable BigDecimal usd;
  private @Nullable Long tokens;

  public RunBudget(Workflow.Budget budget) {
    this(budget, null);
  }

  private RunBudget(Workflow.Budget budget, @Nullable RunBudget whole) {
    this.usd = budget.usd();
    this.tokens = budget.tokens();
    this.whole = whole;
  }

  /** A part of this budget with limits of its own: what it takes, it takes from both. */
  RunBudget part(Workflow.Budget budget) {
    return new RunBudget(budget, this);
  }

  synchronized boolean limitsMoney() {
    return usd != null || (whole != null && whole.limitsMoney());
  }

  /** What is left now; null = no limit. */
  synchronized Workflow.Budget left() {
    if (whole == null) {
      return new Workflow.Budget(usd, tokens);
    }
    Workflow.Budget of = whole.left();
    return new Workflow.Budget(least(usd, of.usd()), least(tokens, of.tokens()));
  }

  private static <T extends Comparable<T>> @Nullable T least(@Nullable T one, @Nullable T other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Takes both or nothing. */
  synchronized boolean reserve(BigDecimal money, long tokenCount) {
    boolean moneyIsShort = usd != null && usd.compareTo(money) < 0;
    boolean tokensAreShort = tokens != null && tokens < tokenCount;
    if (moneyIsShort || tokensAreShort || (whole != null && !whole.reserve(money, tokenCount))) {
      return false;
    }
    change(money.negate(), -tokenCount);
    return true;
  }

  /** Gives back what was reserved and not used; a negative amount was used beyond. */
  synchronized void giveBack(BigDecimal money, long tokenCount) {
    change(money, tokenCount);
    if (whole != null) {
      whole.giveBack(money, tokenCount);
    }
  }

  private void change(BigDecimal money, long tokenCount) {
    usd = usd == null ? null : usd.add(money);
    tokens = tokens == null ? null : Long.valueOf(tokens + tokenCount);
  }
}
