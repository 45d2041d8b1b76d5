package dev.optr.evidence;

import dev.optr.base.UserException;
import dev.optr.intent.Intent;
import dev.optr.rules.Compiled;
import dev.optr.rules.Rule;
import dev.optr.rules.RuleCompiler;
import dev.optr.rules.RuleError;
import dev.optr.rules.RuleFacts;
import dev.optr.rules.Verdict;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Invariant;
import dev.optr.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The constraints that are rules. One is judged as soon as the facts that it names exist: before
 * anything costly runs, or behind it. Its verdict is a pure function of what is recorded.
 */
final class Rules {
  private static final Set<String> BUILT_IN =
      Set.of(PatchApplies.ID, PathsAllowed.ID, NoSecrets.ID, "non-interference");

  private final List<Judged> rules;
  private final RuleView view;
  private final LongSupplier nanoTime;

  /** A rule with the constraint that it is. */
  private record Judged(Constraint.Rule constraint, Rule rule) {}

  private Rules(List<Judged> rules, RuleView view, LongSupplier nanoTime) {
    this.rules = rules;
    this.view = view;
    this.nanoTime = nanoTime;
  }

  /**
   * @param nanoTime monotonic, in nanoseconds
   * @throws UserException where a rule does not compile
   */
  static Rules of(Workflow policy, Intent intent, LongSupplier nanoTime) {
    Set<String> checks = new HashSet<>(BUILT_IN);
    policy.invariants().stream().map(Invariant::id).forEach(checks::add);
    List<Constraint.Rule> written =
        policy.constraints().stream()
            .filter(Constraint.Rule.class::isInstance)
            .map(Constraint.Rule.class::cast)
            .toList();
    return new Rules(
        written.isEmpty() ? List.of() : compiled(written, new RuleCompiler(checks)),
        new RuleView(intent, checks),
        nanoTime);
  }

  private static List<Judged> compiled(List<Constraint.Rule> written, RuleCompiler compiler) {
    return written.stream()
        .map(constraint -> new Judged(constraint, compiled(constraint, compiler)))
        .toList();
  }

  private static Rule compiled(Constraint.Rule constraint, RuleCompiler compiler) {
    return switch (compiler.compile(constraint.expression())) {
      case Compiled.Ready(Rule rule) -> rule;
      case Compiled.Refused(List<RuleError> errors) ->
          throw new UserException("rule '" + constraint.id() + "': " + errors.getFirst().message());
    };
  }

  /** Those that what was captured decides; the others wait for more facts. */
  List<Finding> early(Optional<Facts> facts, List<Finding> found) throws InterruptedException {
    if (facts.isEmpty()) {
      return rules.stream()
          .map(rule -> Finding.notRun(rule.constraint().id(), "there is no change to judge"))
          .toList();
    }
    RuleFacts known = view.ofPath(facts.get(), found);
    List<Finding> decided = new ArrayList<>();
    for (Judged rule : rules) {
      long start = nanoTime.getAsLong();
      Verdict verdict = rule.rule().evaluate(known);
      if (!(verdict instanceof Verdict.Undetermined(String _, boolean later) && later)) {
        decided.add(finding(rule.constraint(), verdict, since(start)));
      }
    }
    return decided;
  }

  /** Those that are still open, when everything else has a result. */
  List<Finding> late(Optional<Facts> facts, List<Finding> found) throws InterruptedException {
    Set<String> decided =
        found.stream().map(finding -> finding.check().id()).collect(Collectors.toSet());
    boolean skipped = anySkipped(found);
    List<Finding> rest = new ArrayList<>();
    for (Judged rule : rules) {
      if (facts.isPresent() && !decided.contains(rule.constraint().id())) {
        rest.add(late(rule, view.ofPath(facts.get(), found), skipped));
      }
    }
    return rest;
  }

  /** Of the frozen commit, as an empty change. */
  List<Finding> ofHead(List<Finding> found) throws InterruptedException {
    boolean skipped = anySkipped(found);
    List<Finding> findings = new ArrayList<>();
    for (Judged rule : rules) {
      findings.add(late(rule, view.ofHead(found), skipped));
    }
    return findings;
  }

  private static boolean anySkipped(List<Finding> found) {
    return found.stream().anyMatch(finding -> finding.check().result() == Check.Result.NOT_RUN);
  }

  private Finding late(Judged rule, RuleFacts facts, boolean skipped) throws InterruptedException {
    long start = nanoTime.getAsLong();
    Verdict verdict = rule.rule().evaluate(facts);
    return skipped && verdict instanceof Verdict.Undetermined(String reason, boolean later) && later
        ? Finding.notRun(rule.constraint().id(), reason + ", since what finds it out did not run")
        : finding(rule.constraint(), verdict, since(start));
  }

  private static Finding finding(Constraint.Rule rule, Verdict verdict, long durationMs) {
    return switch (verdict) {
      case Verdict.Held() -> finding(rule, Check.Result.HELD, List.of(), durationMs);
      case Verdict.Broken() ->
          finding(
              rule,
              Check.Result.BROKEN,
              List.of("'" + rule.expression() + "' is not true of it"),
              durationMs);
      case Verdict.Undetermined(String reason, boolean _) ->
          finding(rule, Check.Result.UNKNOWN, List.of(reason), durationMs);
    };
  }

  private static Finding finding(
      Constraint.Rule rule, Check.Result result, List<String> because, long durationMs) {
    Check.Rule evidence = new Check.Rule(rule.expression(), rule.advisory());
    Check check = new Check(rule.id(), result, because, durationMs, evidence, null, false);
    return Finding.of(check, "rule '" + check.id() + "'", "");
  }

  private long since(long start) {
    return Duration.ofNanos(nanoTime.getAsLong() - start).toMillis();
  }
}
