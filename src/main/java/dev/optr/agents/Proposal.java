package dev.optr.agents;

import dev.optr.git.Edit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent submitted as its path. All but {@code edits} are claims: stored, shown, and without
 * any influence.
 *
 * @param ttvEstimateSeconds the agent's own estimate; null where it gave none
 */
public record Proposal(
    String summary,
    String rationale,
    @Nullable Long ttvEstimateSeconds,
    List<String> invariants,
    List<String> risks,
    List<ConstraintClaim> constraints,
    List<Edit> edits) {

  public Proposal {
    invariants = List.copyOf(invariants);
    risks = List.copyOf(risks);
    constraints = List.copyOf(constraints);
    edits = List.copyOf(edits);
  }

  public record ConstraintClaim(String id, @Nullable Boolean held, String note) {}
}
