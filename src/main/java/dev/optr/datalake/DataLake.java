package dev.optr.datalake;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Proposal;
import dev.optr.base.Redactor;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Optional;

/**
 * Captures answers about one frozen tree: what was proposed becomes a tree, or a reason why there
 * is none. A proposal that may not be stored gives no tree, since nobody could replay it.
 */
public final class DataLake {
  private final TreeStore trees;
  private final FrozenTree frozen;
  private final Storable storable;
  private final Redactor redactor;

  /**
   * @param frozen the frozen tree as agents saw it; what is hidden there cannot be edited
   */
  public DataLake(TreeStore trees, FrozenTree frozen, Redactor redactor) {
    this.trees = trees;
    this.frozen = frozen;
    this.storable = new Storable(redactor);
    this.redactor = redactor;
  }

  /** An answer becomes a candidate; one that changes nothing becomes a failure {@code EMPTY}. */
  public Candidate capture(AgentSpec lane, Answer answer) {
    return switch (answer) {
      case Answer.Proposed proposed -> captureProposal(lane, proposed);
      case Answer.Declined _, Answer.Failed _, Answer.NotAsked _ ->
          Candidate.withoutTree(lane, answer, List.of());
    };
  }

  private Candidate captureProposal(AgentSpec lane, Answer.Proposed proposed) {
    Proposal proposal = proposed.proposal();
    Optional<Withheld> refused = refused(proposal.work());
    if (refused.isPresent()) {
      return Candidate.withheld(lane, proposed, refused.get());
    }
    return switch (tree(proposal.work())) {
      case TreeResult.Applied applied -> captureTree(lane, proposed, applied);
      case TreeResult.Rejected(List<String> errors) ->
          Candidate.withoutTree(lane, proposed, errors.stream().map(redactor::redact).toList());
    };
  }

  private Optional<Withheld> refused(Proposal.Work work) {
    return switch (work) {
      case Proposal.Work.Edits(List<Edit> edits) -> storable.refuseEdits(edits);
      case Proposal.Work.Changes(List<Change> changes) -> storable.refuseChanges(changes);
    };
  }

  private TreeResult tree(Proposal.Work work) {
    return switch (work) {
      case Proposal.Work.Edits(List<Edit> edits) -> trees.apply(frozen, edits);
      case Proposal.Work.Changes(List<Change> changes) -> trees.rebuild(frozen, changes);
    };
  }

  private Candidate captureTree(
      AgentSpec lane, Answer.Proposed proposed, TreeResult.Applied applied) {
    if (applied.tree().equals(frozen.tree())) {
      return Candidate.withoutTree(lane, empty(proposed), List.of());
    }
    Optional<Withheld> refused = storable.refuseChanges(applied.changes());
    if (refused.isPresent()) {
      return Candidate.withheld(lane, proposed, refused.get());
    }
    return new Candidate(
        lane,
        proposed,
        applied.tree(),
        applied.changes(),
        List.of(),
        trees.diff(frozen.tree(), applied.tree()),
        null);
  }

  private static Answer empty(Answer.Proposed proposed) {
    return new Answer.Failed(
        FailureCode.EMPTY, "the proposed edits change nothing", proposed.exchange());
  }
}
