package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RunBudgetTest {
  private static final Tariff PRICE =
      Tariff.flat(
          new Prices.Price(
              new BigDecimal("2"),
              new BigDecimal("10"),
              new BigDecimal("0.2"),
              new BigDecimal("2.5")));

  @Test
  void takesBothOrNothing() {
    RunBudget run = new RunBudget(new Workflow.Budget(BigDecimal.ONE, 100L));

    assertThat(run.reserve(BigDecimal.ONE, 101)).isFalse();
    assertThat(run.reserve(new BigDecimal("1.01"), 1)).isFalse();
    assertThat(run.left()).isEqualTo(new Workflow.Budget(BigDecimal.ONE, 100L));
    assertThat(run.reserve(BigDecimal.ONE, 100)).isTrue();
    assertThat(run.reserve(BigDecimal.ZERO, 1)).isFalse();
  }

  @Test
  void limitsNothingWhereNothingIsSaid() {
    RunBudget run = new RunBudget(Workflow.Budget.NONE);

    assertThat(run.reserve(new BigDecimal("1e9"), Long.MAX_VALUE)).isTrue();
    assertThat(run.left()).isEqualTo(Workflow.Budget.NONE);
    assertThat(run.limitsMoney()).isFalse();
  }

  @Property(tries = 30)
  void cannotBeOverdrawnByLanesThatRunAtOnce(
      @ForAll @IntRange(min = 1_000, max = 60_000) int limit,
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 10, max = 3_000) Integer> contexts)
      throws InterruptedException {
    RunBudget run = new RunBudget(new Workflow.Budget(new BigDecimal("0.10"), (long) limit));
    AtomicLong tokens = new AtomicLong();
    AtomicLong micros = new AtomicLong();
    List<Thread> lanes = new ArrayList<>();
    for (int context : contexts) {
      lanes.add(Thread.ofVirtual().start(() -> spend(run, context, tokens, micros)));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    assertThat(tokens.get()).isLessThanOrEqualTo(limit);
    assertThat(micros.get()).isLessThanOrEqualTo(100_000);
  }

  /** A lane whose every turn takes all that it may. */
  private static void spend(RunBudget run, int context, AtomicLong tokens, AtomicLong micros) {
    Spending spending = new Spending(Workflow.Budget.NONE, run, Optional.of(PRICE), 2_000);
    for (int turn = 0; turn < 50; turn++) {
      switch (spending.allow(context)) {
        case Spending.Exhausted _ -> {
          return;
        }
        case Spending.Allowed allowed -> {
          TokenUse use =
              new TokenUse((long) context, (long) allowed.outputTokens(), 0L, (long) context, 0L);
          BigDecimal usd = PRICE.of(use);
          tokens.addAndGet(use.known());
          micros.addAndGet(usd == null ? 0 : usd.movePointRight(6).longValue());
          spending.settle(allowed, use, usd);
        }
      }
    }
  }
}
