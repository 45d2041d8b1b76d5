package dev.optr.agents;

import dev.optr.base.Redactor;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.util.Optional;

/** Makes the agents that ask a model turn by turn; what all lanes of a run share is held here. */
public final class ToolLoops {
  private final Models models;
  private final Prices prices;
  private final RunBudget run;
  private final Retries retries;

  public ToolLoops(Models models, Prices prices, RunBudget run, Retries retries) {
    this.models = models;
    this.prices = prices;
    this.run = run;
    this.retries = retries;
  }

  /**
   * @param redactor of the lane's own credentials, for what a provider says in its errors
   * @throws UserException where a limit in USD could not be kept: the model's price is not known,
   *     or the provider never tells what it costs and the lane has no budget of its own that could
   *     be counted whole
   */
  public Agent over(AgentSpec spec, Provider provider, Redactor redactor) {
    Models.Model model = ProviderEndpoint.model(spec, models);
    Optional<Tariff> price = prices.of(model.name());
    checkMoney(spec, provider, model, price.isPresent());
    Agent asked =
        new AskedModel(
            spec, model, provider, price, run, run.part(spec.budget()), retries, redactor);
    return provider.tellsUsage() ? asked : UntoldCost.counted(spec, provider.name(), run, asked);
  }

  private void checkMoney(
      AgentSpec spec, Provider provider, Models.Model model, boolean priceIsKnown) {
    boolean limited = spec.budget().usd() != null || run.limitsMoney();
    if (provider.tellsUsage() && !priceIsKnown && limited) {
      throw new UserException(
          "workflow: agent '%s': the price of model '%s' is not known, so a budget in usd cannot be kept; write 'prices: {\"%s\": {in: ..., out: ..., cached: ...}}'"
              .formatted(spec.name(), model.name(), model.name()));
    }
  }
}
