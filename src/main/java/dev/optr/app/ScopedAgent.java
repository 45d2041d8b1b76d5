package dev.optr.app;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.Judge;
import dev.optr.agents.Judging;
import dev.optr.agents.LaneLog;
import dev.optr.agents.Question;
import java.util.Optional;
import java.util.function.Predicate;

/** A lane that is shown less than the others: its own {@code context.exclude}. */
record ScopedAgent(Agent agent, Predicate<String> visible) implements Agent {
  @Override
  public Answer ask(Question question, LaneLog log) throws InterruptedException {
    return agent.ask(question.showing(visible), log);
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
              (question, order, log) -> judge.judge(question.showing(visible), order, log));
      case Judging.Unable unable -> unable;
    };
  }
}
