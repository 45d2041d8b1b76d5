package dev.optr.record;

import dev.optr.agents.Answer;
import dev.optr.base.JsonException;
import dev.optr.datalake.Candidate;
import dev.optr.git.Change;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import dev.optr.workflow.AgentSpec;
import java.util.ArrayList;
import java.util.List;

/** Makes a candidate's tree again from its recorded changes, which are trusted in nothing. */
final class CandidateReader {
  private static final int MOST_ERRORS = 5;

  private final TreeStore trees;
  private final FrozenTree frozen;

  CandidateReader(TreeStore trees, FrozenTree frozen) {
    this.trees = trees;
    this.frozen = frozen;
  }

  /**
   * @param output the member {@code output} of a lane's document
   */
  Candidate read(AgentSpec lane, Answer answer, Fields output) throws JsonException {
    String tree = output.textOrNull("tree");
    String withheld = output.textOrNull("withheld");
    List<String> problems = output.texts("problems");
    if (tree != null && !(answer instanceof Answer.Proposed)) {
      throw output.unexpected("tree", "null, since nothing was proposed");
    }
    if (!output.isNull("changes")) {
      return rebuilt(lane, answer, output, problems);
    }
    if (tree != null && withheld == null) {
      throw output.unexpected("changes", "those that give " + Found.printable(tree));
    }
    return new Candidate(lane, answer, tree, null, problems, null, withheld);
  }

  private Candidate rebuilt(AgentSpec lane, Answer answer, Fields output, List<String> problems)
      throws JsonException {
    if (!output.isNull("withheld")) {
      throw output.unexpected("withheld", "null, since there are changes");
    }
    TreeResult.Applied applied = apply(changes(output));
    if (!applied.tree().equals(output.text("tree"))) {
      throw output.unexpected("tree", applied.tree() + ", which the changes give");
    }
    if (applied.tree().equals(frozen.tree())) {
      throw output.unexpected("tree", "another than the frozen one");
    }
    return new Candidate(
        lane,
        answer,
        applied.tree(),
        applied.changes(),
        problems,
        trees.diff(frozen.tree(), applied.tree()),
        null);
  }

  private TreeResult.Applied apply(List<Change> changes) throws JsonException {
    return switch (trees.rebuild(frozen, changes)) {
      case TreeResult.Applied applied -> applied;
      case TreeResult.Rejected(List<String> errors) ->
          throw new JsonException(
              "output.changes: "
                  + String.join("; ", errors.subList(0, Math.min(MOST_ERRORS, errors.size()))));
    };
  }

  static List<Change> changes(Fields output) throws JsonException {
    List<Change> changes = new ArrayList<>();
    for (Fields change : output.objects("changes")) {
      changes.add(
          new Change(
              change.text("path"),
              change.textOrNull("from"),
              change.textOrNull("mode"),
              change.textOrNull("blob"),
              change.textOrNull("encoding"),
              change.textOrNull("content")));
    }
    return changes;
  }
}
