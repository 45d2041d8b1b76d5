package dev.optr.app;

import dev.optr.agents.Judging;
import dev.optr.agents.Lane;
import dev.optr.agents.Models;
import dev.optr.agents.Prompt;
import dev.optr.agents.Provider;
import dev.optr.agents.Question;
import dev.optr.evidence.CommandPolicy;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Invariant;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do: lanes that can run, prompt sizes, checks that would be unknown. Asks nobody,
 * spends nothing.
 */
final class DryRun {
  private final Question question;
  private final CommandPolicy policy;
  private final StringBuilder out = new StringBuilder();

  private DryRun(Question question, CommandPolicy policy) {
    this.question = question;
    this.policy = policy;
  }

  static String describe(Prepared prepared, Question question) {
    DryRun plan = new DryRun(question, prepared.wiring().isolation().policy());
    plan.line("frozen commit", prepared.intent().commit());
    plan.line("input digest", prepared.intent().digest());
    JudgesAtHand judges = prepared.judgesAtHand();
    for (Lane lane : prepared.lanes()) {
      plan.lane(lane);
      if (judges.areAsked()) {
        plan.line("judge " + lane.spec().name(), judges.of(lane));
      }
    }
    for (Constraint constraint : prepared.workflow().constraints()) {
      if (constraint instanceof Constraint.Prose prose) {
        plan.line("check " + prose.id(), judges.plan(prose));
      }
    }
    judges.missing().ifPresent(what -> plan.line("refused", what));
    prepared.workflow().invariants().forEach(plan::invariant);
    prepared.wiring().missingPrograms().forEach(warning -> plan.line("warning", warning));
    plan.line("largest cost", largestCost(prepared, judges));
    plan.line("then", "one commit with documents and ledger entry on top of the frozen commit");
    return plan.out.toString();
  }

  private static String largestCost(Prepared prepared, JudgesAtHand judges) {
    @Nullable BigDecimal run = prepared.workflow().budget().usd();
    if (run != null) {
      return "$" + run.toPlainString() + ", the run's budget";
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Lane lane : prepared.lanes()) {
      if (lane.spec().type() == AgentType.RECORDED || lane.agent().unavailable().isPresent()) {
        continue;
      }
      @Nullable BigDecimal own = lane.spec().budget().usd();
      if (own == null) {
        return "not limited: neither the run nor lane '%s' has a 'budget: {usd: ...}'"
            .formatted(lane.spec().name());
      }
      sum = sum.add(own.multiply(BigDecimal.valueOf(roles(lane, judges))));
    }
    return "$"
        + sum.toPlainString()
        + ", the sum of the lanes' budgets"
        + (judges.areAsked() ? ", once for a path and once for judging" : "");
  }

  /** A lane's budget bounds its path, and once more all its judging. */
  private static int roles(Lane lane, JudgesAtHand judges) {
    int path = lane.spec().role() == AgentSpec.Role.PROPOSE ? 1 : 0;
    boolean able = lane.agent().judging() instanceof Judging.Able;
    return path + (judges.areAsked() && able ? 1 : 0);
  }

  private void lane(Lane lane) {
    line(
        "lane " + lane.spec().name(),
        lane.agent().unavailable().orElseGet(() -> "can be asked" + prompt(lane.spec())));
  }

  private String prompt(AgentSpec spec) {
    return Models.shipped()
        .of(spec)
        .map(model -> Prompt.of(question, model.characters(), Provider.Protocol.TOOLS))
        .map(
            prompt ->
                "; prompt of %d characters%s"
                    .formatted(
                        prompt.instructions().length() + prompt.data().length(),
                        prompt.clipped() ? ", clipped to the model's budget" : ""))
        .orElse("");
  }

  private void invariant(Invariant invariant) {
    String what =
        switch (policy) {
          case CommandPolicy.Run _ -> "would run: " + invariant.run();
          case CommandPolicy.Unknown(String reason) -> "would be unknown: " + reason;
        };
    line("check " + invariant.id(), what);
  }

  private void line(String name, String text) {
    out.append(name).append(": ").append(text).append('\n');
  }
}
