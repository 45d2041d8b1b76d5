package dev.optr.app;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
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
}
