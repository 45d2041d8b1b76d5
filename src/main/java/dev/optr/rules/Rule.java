package dev.optr.rules;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import dev.cel.runtime.Program;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A compiled rule. The same facts give the same verdict; safe for use by many threads. */
public final class Rule {
  // Far above what the limits of the compiler let an evaluation take; a machine may be slow.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Program program;

  Rule(Program program) {
    this.program = program;
  }

  /**
   * What the rule says of these facts. A fact that is not known leaves it undetermined only where
   * it would decide: {@code true || unknown} holds.
   *
   * @throws InterruptedException when the caller is interrupted
   */
  public Verdict evaluate(RuleFacts facts) throws InterruptedException {
    PartialVars variables = FactValues.of(facts);
    FutureTask<Object> evaluation = new FutureTask<>(() -> program.eval(variables));
    // CEL cannot be stopped from outside: a thread that nobody waits for.
    Thread.ofPlatform().daemon().name("rule").start(evaluation);
    try {
      return verdict(evaluation.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return new Verdict.Undetermined(
          "the rule did not finish within " + LONGEST.toSeconds() + " s", false);
    } catch (ExecutionException e) {
      return failed(e);
    }
  }

  private static Verdict verdict(Object value) {
    return switch (value) {
      case Boolean holds -> holds ? new Verdict.Held() : new Verdict.Broken();
      case CelUnknownSet unknown -> new Verdict.Undetermined(notKnown(unknown), true);
      default ->
          throw new IllegalStateException("a rule of type bool gave " + value.getClass().getName());
    };
  }

  private static String notKnown(CelUnknownSet unknown) {
    return RuleErrors.oneLine(
        unknown.attributes().stream()
            .map(attribute -> "'" + attribute + "'")
            .sorted()
            .collect(Collectors.joining(", ", "", " not known")));
  }

  private static Verdict failed(ExecutionException e) {
    return switch (e.getCause()) {
      case CelEvaluationException failure ->
          new Verdict.Undetermined(RuleErrors.oneLine(failure.getMessage()), false);
      case RuntimeException failure ->
          new Verdict.Undetermined(RuleErrors.oneLine(failure.getMessage()), false);
      case null, default -> throw new IllegalStateException("a rule could not be evaluated", e);
    };
  }
}
