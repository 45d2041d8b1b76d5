package dev.optr.agents;

import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lane whose cost is told at its end or never: it counts with the whole of its own budget against
 * the run's, as it does in the selection, until it is known better.
 */
public final class UntoldCost implements Agent {
  private final AgentSpec spec;
  private final RunBudget run;
  private final Agent agent;
  private boolean reviewed;

  private UntoldCost(AgentSpec spec, RunBudget run, Agent agent) {
    this.spec = spec;
    this.run = run;
    this.agent = agent;
  }

  /**
   * @param asked who does not tell, for a message
   * @throws UserException where the run's money is limited and the lane has no budget of its own
   */
  public static Agent counted(AgentSpec spec, String asked, RunBudget run, Agent agent) {
    if (agent.unavailable().isPresent()) {
      return agent;
    }
    if (run.limitsMoney() && spec.budget().usd() == null) {
      throw new UserException(
          "workflow: agent '%s': %s never tells what an answer costs before it is paid, so the run's budget in usd cannot be kept; give the agent a budget of its own, 'budget: {usd: ...}': all of it counts against the run's"
              .formatted(spec.name(), asked));
    }
    return new UntoldCost(spec, run, agent);
  }

  @Override
  public Answer ask(Question question, LaneLog log) throws InterruptedException {
    BigDecimal whole = whole();
    if (!run.reserve(whole, 0)) {
      return new Answer.Failed(FailureCode.BUDGET, tooMuch(), log.exchange());
    }
    Answer answer = agent.ask(question, log);
    @Nullable BigDecimal told = answer.exchange().usage().usd();
    if (told != null) {
      run.giveBack(whole.subtract(told), 0);
    }
    return answer;
  }

  @Override
  public Optional<String> unavailable() {
    return agent.unavailable();
  }

  @Override
  public Judging judging() {
    return switch (agent.judging()) {
      case Judging.Able(Judge judge) ->
          new Judging.Able(
              (question, order, log) ->
                  reviewsAreCounted()
                      ? judge.judge(question, order, log)
                      : new Judgement.Failed(FailureCode.BUDGET, tooMuch(), log.exchange()));
      case Judging.Unable unable -> unable;
    };
  }

  /** All reviews of a run together count once as dear as a path. */
  private synchronized boolean reviewsAreCounted() {
    reviewed = reviewed || run.reserve(whole(), 0);
    return reviewed;
  }

  private BigDecimal whole() {
    return Objects.requireNonNullElse(spec.budget().usd(), BigDecimal.ZERO);
  }

  private String tooMuch() {
    return "the lane's budget of $" + whole().toPlainString() + " is more than is left to the run";
  }
}
