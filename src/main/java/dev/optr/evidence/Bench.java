package dev.optr.evidence;

import dev.optr.agents.Judges;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who judges constraints in words, and how.
 *
 * @param aliases gives a name that was never given before and says nothing
 * @param visible paths that any agent may be shown
 */
public record Bench(Judges judges, Supplier<String> aliases, Predicate<String> visible) {
  /** Constraints in words. */
  static List<Constraint.Prose> prose(Workflow policy) {
    return policy.constraints().stream()
        .filter(Constraint.Prose.class::isInstance)
        .map(Constraint.Prose.class::cast)
        .toList();
  }
}
