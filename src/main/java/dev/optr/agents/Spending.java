package dev.optr.agents;

import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one lane within its own budget and the run's: before each turn it says how much output may
 * be asked for, and takes the most that the turn can cost from the run's budget until the turn is
 * over.
 */
final class Spending {
  /** With less than this a turn could say nothing of use. */
  static final int LEAST_OUTPUT = 256;

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private final Workflow.Budget own;
  private final RunBudget run;
  private final Optional<Tariff> price;
  private final int mostOutput;
  private BigDecimal spentUsd = BigDecimal.ZERO;
  private long spentTokens;

  /**
   * @param price empty = not known; money is then not limited here, which {@link ToolLoops} refuses
   *     where a limit is set
   * @param mostOutput tokens that the model can give in one turn
   */
  Spending(Workflow.Budget own, RunBudget run, Optional<Tariff> price, int mostOutput) {
    this.own = own;
    this.run = run;
    this.price = price;
    this.mostOutput = mostOutput;
  }

  /** What a turn may take. */
  sealed interface Allowance {}

  /**
   * @param usd reserved from the run's budget
   * @param tokens reserved from the run's budget
   */
  record Allowed(int outputTokens, BigDecimal usd, long tokens) implements Allowance {}

  record Exhausted(String message) implements Allowance {}

  /**
   * @param inputTokens an estimate that is rather too high
   */
  Allowance allow(long inputTokens) {
    Workflow.Budget left = run.left();
    long output = mostOutput;
    output = Math.min(output, byTokens(own.tokens(), spentTokens, inputTokens));
    output = Math.min(output, byTokens(left.tokens(), 0, inputTokens));
    if (price.isPresent()) {
      output =
          Math.min(output, byMoney(own.usd(), spentUsd, inputTokens, price.get().at(inputTokens)));
      output =
          Math.min(
              output,
              byMoney(left.usd(), BigDecimal.ZERO, inputTokens, price.get().at(inputTokens)));
    }
    if (output < LEAST_OUTPUT) {
      return new Exhausted(exhausted());
    }
    long tokens = inputTokens + output;
    BigDecimal usd =
        price
            .map(it -> most(it.at(inputTokens), inputTokens, tokens - inputTokens))
            .orElse(BigDecimal.ZERO);
    return run.reserve(usd, tokens)
        ? new Allowed((int) output, usd, tokens)
        : new Exhausted("the run's budget is used up by the other lanes");
  }

  /**
   * A turn is over.
   *
   * @param usd that it cost; null = not known, so that all that was reserved counts
   */
  void settle(Allowed allowed, TokenUse use, @Nullable BigDecimal usd) {
    boolean told = use.input() != null && use.output() != null;
    long tokens = told ? use.known() : allowed.tokens();
    BigDecimal money = usd == null ? allowed.usd() : usd;
    spentTokens += tokens;
    spentUsd = spentUsd.add(money);
    run.giveBack(allowed.usd().subtract(money), allowed.tokens() - tokens);
  }

  /** Counts attempts of which nobody said what they took as dear as they were allowed to be. */
  void lose(Allowed allowed, int attempts) {
    BigDecimal money = allowed.usd().multiply(BigDecimal.valueOf(attempts));
    long tokens = allowed.tokens() * attempts;
    spentTokens += tokens;
    spentUsd = spentUsd.add(money);
    run.giveBack(money.negate(), -tokens);
  }

  private String exhausted() {
    return "the budget is used up: the lane has taken %d tokens%s; own limit %s, left to the run %s"
        .formatted(
            spentTokens,
            price.isPresent() ? " and " + usd(spentUsd) : "",
            said(own),
            said(run.left()));
  }

  private static String said(Workflow.Budget budget) {
    String money = budget.usd() == null ? "" : usd(budget.usd());
    String tokens = budget.tokens() == null ? "" : budget.tokens() + " tokens";
    String both = money.isEmpty() || tokens.isEmpty() ? money + tokens : money + " or " + tokens;
    return both.isEmpty() ? "none" : both;
  }

  private static String usd(BigDecimal amount) {
    return "$" + amount.setScale(4, RoundingMode.HALF_UP).toPlainString();
  }

  private static long byTokens(@Nullable Long limit, long spent, long input) {
    return limit == null ? Long.MAX_VALUE : limit - spent - input;
  }

  private static long byMoney(
      @Nullable BigDecimal limit, BigDecimal spent, long input, Prices.Price price) {
    if (limit == null) {
      return Long.MAX_VALUE;
    }
    BigDecimal left = limit.subtract(spent).subtract(most(price, input, 0));
    return price.out().signum() == 0
        ? left.signum() < 0 ? 0 : Long.MAX_VALUE
        : left.multiply(MILLION)
            .divide(price.out(), 0, RoundingMode.FLOOR)
            .max(BigDecimal.ZERO)
            .min(BigDecimal.valueOf(Integer.MAX_VALUE))
            .longValue();
  }

  /** As if nothing were read from the cache, and all of it written to it. */
  private static BigDecimal most(Prices.Price price, long input, long output) {
    BigDecimal in = price.in().max(price.cacheWritten());
    return in.multiply(BigDecimal.valueOf(input))
        .add(price.out().multiply(BigDecimal.valueOf(output)))
        .divide(MILLION, 12, RoundingMode.CEILING);
  }
}
