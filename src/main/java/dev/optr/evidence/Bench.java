package dev.optr.evidence;

import dev.optr.agents.Judges;
import dev.optr.git.TreeDiff;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who judges constraints in words, and how.
 *
 * @param aliases gives a name that was never given before and says nothing
 * @param visible paths that any agent may be shown
 * @param headChange what the frozen commit itself changes, where that is to be judged; empty where
 *     it is no change, or no agent may be asked about it
 */
public record Bench(
    Judges judges,
    Supplier<String> aliases,
    Predicate<String> visible,
    Optional<TreeDiff> headChange) {
  /** Constraints in words. */
  static List<Constraint.Prose> prose(Workflow policy) {
    return policy.constraints().stream()
        .filter(Constraint.Prose.class::isInstance)
        .map(Constraint.Prose.class::cast)
        .toList();
  }
}
