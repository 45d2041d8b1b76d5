package dev.optr.record;

import dev.optr.base.JsonException;
import dev.optr.evidence.Check;
import dev.optr.intent.Intent;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Invariant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What checks must be there, and which must not. */
@FunctionalInterface
interface EvidenceRule {
  /** Of a decided run: what nobody looked at does not hold. */
  EvidenceRule DECIDED =
      (intent, checks) ->
          expectAll(
              Stream.concat(
                  intent.constraints().stream()
                      .filter(constraint -> !constraint.advisory())
                      .map(Constraint::id),
                  intent.invariants().stream().map(Invariant::id)),
              checks);

  /**
   * Before anybody verified anything: reviews are done, and no command can have said anything. What
   * rules say is computed again later.
   */
  EvidenceRule UNVERIFIED =
      (intent, checks) -> {
        expectAll(
            intent.constraints().stream()
                .filter(it -> it instanceof Constraint.Prose && !it.advisory())
                .map(Constraint::id),
            checks);
        refuseVerified(intent, checks);
      };

  void check(Intent intent, List<Check> checks) throws JsonException;

  private static void expectAll(Stream<String> expected, List<Check> checks) throws JsonException {
    List<String> ids = checks.stream().map(Check::id).toList();
    Optional<String> missing = expected.filter(id -> !ids.contains(id)).findFirst();
    if (missing.isPresent()) {
      throw new JsonException("checks: there is none with the id '" + missing.get() + "'");
    }
  }

  private static void refuseVerified(Intent intent, List<Check> checks) throws JsonException {
    Set<String> invariants =
        intent.invariants().stream().map(Invariant::id).collect(Collectors.toSet());
    for (Check check : checks) {
      if (invariants.contains(check.id()) && isVerdict(check.result())) {
        throw new JsonException("checks: '" + check.id() + "' was not run yet and cannot be told");
      }
    }
  }

  private static boolean isVerdict(Check.Result result) {
    return switch (result) {
      case HELD, BROKEN -> true;
      case UNKNOWN, NOT_RUN -> false;
    };
  }
}
