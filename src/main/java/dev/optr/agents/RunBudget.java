package dev.optr.agents;

import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What all lanes of a run may take together. A turn is paid from what it reserved before, so that
 * lanes that run at once cannot overdraw it between them.
 */
public final class RunBudget {
  private @Nullable BigDecimal usd;
  private @Nullable Long tokens;

  public RunBudget(Workflow.Budget budget) {
    this.usd = budget.usd();
    this.tokens = budget.tokens();
  }

  synchronized boolean limitsMoney() {
    return usd != null;
  }

  /** What is left now; null = no limit. */
  synchronized Workflow.Budget left() {
    return new Workflow.Budget(usd, tokens);
  }

  /** Takes both or nothing. */
  synchronized boolean reserve(BigDecimal money, long tokenCount) {
    boolean moneyIsShort = usd != null && usd.compareTo(money) < 0;
    boolean tokensAreShort = tokens != null && tokens < tokenCount;
    if (moneyIsShort || tokensAreShort) {
      return false;
    }
    giveBack(money.negate(), -tokenCount);
    return true;
  }

  /** Gives back what was reserved and not used; a negative amount was used beyond. */
  synchronized void giveBack(BigDecimal money, long tokenCount) {
    usd = usd == null ? null : usd.add(money);
    tokens = tokens == null ? null : Long.valueOf(tokens + tokenCount);
  }
}
