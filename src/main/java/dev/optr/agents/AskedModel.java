package dev.optr.agents;

import dev.optr.agents.ReviewQuestion.Order;
import dev.optr.base.Redactor;
import dev.optr.workflow.AgentSpec;
import java.util.Optional;

/**
 * A model that is asked turn by turn: for a path, and about the paths of others.
 *
 * @param run what its path is paid from
 * @param reviews what all its reviews together are paid from: a part of {@code run}, so that the
 *     lane's own budget bounds them too
 */
record AskedModel(
    AgentSpec spec,
    Models.Model model,
    Provider provider,
    Optional<Tariff> price,
    RunBudget run,
    RunBudget reviews,
    Retries retries,
    Redactor redactor)
    implements Agent {
  @Override
  public Answer ask(Question question, LaneLog log) throws InterruptedException {
    Spending spending = new Spending(spec.budget(), run, price, model.outputTokens());
    return new ToolLoop(spec, model, provider, meter(spending, log), requests(log), log)
        .run(question);
  }

  @Override
  public Judging judging() {
    return new Judging.Able(this::judge);
  }

  private Judgement judge(ReviewQuestion question, Order order, LaneLog log)
      throws InterruptedException {
    int most = Math.min(model.outputTokens(), ReviewLoop.MOST_OUTPUT);
    Spending spending = new Spending(reviews.left(), reviews, price, most);
    return new ReviewLoop(model, provider, meter(spending, log), requests(log), log)
        .run(question, order);
  }

  private TurnMeter meter(Spending spending, LaneLog log) {
    return new TurnMeter(provider, price, spending, log);
  }

  private LaneRequests requests(LaneLog log) {
    return new LaneRequests(spec, model.name(), provider, retries, redactor, log);
  }
}
