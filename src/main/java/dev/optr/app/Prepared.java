package dev.optr.app;

import dev.optr.agents.Judges;
import dev.optr.agents.Lane;
import dev.optr.agents.LaneListener;
import dev.optr.agents.Question;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeStore;
import dev.optr.intent.ContextRules;
import dev.optr.intent.Frozen;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentReader;
import dev.optr.intent.Wish;
import dev.optr.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run whose input is frozen, before anybody is asked.
 *
 * @param frozen the whole frozen tree
 * @param visible what agents may see of it
 * @param workflowFiles path of the workflow file in the repository; empty where it lies outside
 */
record Prepared(
    Workflow workflow,
    Wiring wiring,
    List<Lane> lanes,
    FrozenTree frozen,
    FrozenTree visible,
    Intent intent,
    List<String> workflowFiles) {
  Prepared {
    lanes = List.copyOf(lanes);
    workflowFiles = List.copyOf(workflowFiles);
  }

  /**
   * Freezes a wish about a commit.
   *
   * @param baseCommit null outside of a pull request
   */
  static Prepared freeze(
      Workflow workflow,
      Wiring wiring,
      List<Lane> lanes,
      FrozenTree frozen,
      Wish wish,
      @Nullable String baseCommit,
      List<String> workflowFiles) {
    FrozenTree visible = frozen.showing(ContextRules.of(workflow).visible());
    int excluded = frozen.files().size() - visible.files().size();
    Frozen about = new Frozen(frozen.commit(), frozen.tree(), baseCommit, excluded);
    Intent intent = IntentReader.read(wish, workflow, about);
    return new Prepared(workflow, wiring, lanes, frozen, visible, intent, workflowFiles);
  }

  /**
   * What the lanes are asked.
   *
   * @param trees where edits are tried
   */
  Question question(TreeStore trees) {
    return new Question(intent, visible, trees, workflow.protectedPaths());
  }

  /** Agents that can be asked for a path. */
  List<String> proposers() {
    return judgesAtHand().proposers();
  }

  /** Who judges constraints in words. */
  Judges judges(LaneListener listener) {
    return wiring.judges(lanes, listener);
  }

  JudgesAtHand judgesAtHand() {
    return JudgesAtHand.of(workflow, wiring, lanes);
  }
}
