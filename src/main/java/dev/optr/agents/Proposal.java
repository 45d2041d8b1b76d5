package dev.optr.agents;

import dev.optr.git.Change;
import dev.optr.git.Edit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent submitted as its path. All but {@code work} are claims: stored, shown, and without
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
    Work work) {

  public Proposal {
    invariants = List.copyOf(invariants);
    risks = List.copyOf(risks);
    constraints = List.copyOf(constraints);
  }

  /** The usual case: the agent handed in edits. */
  public Proposal(
      String summary,
      String rationale,
      @Nullable Long ttvEstimateSeconds,
      List<String> invariants,
      List<String> risks,
      List<ConstraintClaim> constraints,
      List<Edit> edits) {
    this(
        summary,
        rationale,
        ttvEstimateSeconds,
        invariants,
        risks,
        constraints,
        new Work.Edits(edits));
  }

  /** The same claims about other work. */
  Proposal with(Work other) {
    return new Proposal(
        summary, rationale, ttvEstimateSeconds, invariants, risks, constraints, other);
  }

  /** What the path does to the frozen tree. */
  public sealed interface Work {
    /** Edits of text, as an agent writes them. */
    record Edits(List<Edit> edits) implements Work {
      public Edits {
        edits = List.copyOf(edits);
      }
    }

    /** Whole files, as they were found in a branch or a directory that the agent worked in. */
    record Changes(List<Change> changes) implements Work {
      public Changes {
        changes = List.copyOf(changes);
      }
    }
  }

  public record ConstraintClaim(String id, @Nullable Boolean held, String note) {}
}
