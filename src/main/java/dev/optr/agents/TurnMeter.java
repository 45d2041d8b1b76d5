package dev.optr.agents;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Allows one conversation's turns and counts what they take, against its budgets and its log. */
final class TurnMeter {
  // Source code has some 3.5 characters per token; fewer are assumed, so that budgets hold.
  static final int CHARACTERS_PER_TOKEN = 3;

  private final Provider provider;
  private final Optional<Tariff> price;
  private final Spending spending;
  private final LaneLog log;

  private long context;

  TurnMeter(Provider provider, Optional<Tariff> price, Spending spending, LaneLog log) {
    this.provider = provider;
    this.price = price;
    this.spending = spending;
    this.log = log;
  }

  /** As many UTF-16 code units more will be sent with the next turn. */
  void grow(long characters) {
    context += characters / CHARACTERS_PER_TOKEN;
  }

  Spending.Allowance allow() {
    return spending.allow(context);
  }

  /** How a turn is asked for. */
  @FunctionalInterface
  interface Asked {
    Turn ask() throws InterruptedException;
  }

  /** Asks for a turn that was allowed, and counts it. */
  Turn take(Spending.Allowed allowed, Asked asked) throws InterruptedException {
    int lost = log.lost();
    Turn turn = asked.ask();
    settle(allowed, turn, log.lost() - lost);
    return turn;
  }

  /**
   * @param lost attempts that may have been paid for, and nobody said what they took
   */
  private void settle(Spending.Allowed allowed, Turn turn, int lost) {
    if (turn.model() != null) {
      log.model(turn.model());
    }
    @Nullable BigDecimal usd = price.map(it -> it.of(turn.tokens())).orElse(null);
    // A turn that took nothing costs nothing, whatever the price.
    boolean free = turn.tokens().equals(TokenUse.NONE);
    log.used(turn.tokens(), free ? BigDecimal.ZERO : usd);
    TokenUse counted = provider.tellsUsage() || free ? turn.tokens() : estimate(turn);
    spending.settle(allowed, counted, free ? BigDecimal.ZERO : usd);
    // Where nobody tells usage, most requests are no turns of the model's, but looks for its
    // answer.
    if (provider.tellsUsage()) {
      spending.lose(allowed, lost);
    }
    if (counted.known() > 0) {
      context = counted.known();
    }
  }

  /** What is counted against budgets where the provider tells nothing; never recorded as usage. */
  private TokenUse estimate(Turn turn) {
    return new TokenUse(context, 1 + turn.length() / CHARACTERS_PER_TOKEN, null, null, null);
  }
}
