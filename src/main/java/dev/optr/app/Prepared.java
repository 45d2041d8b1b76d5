package dev.optr.app;

import dev.optr.agents.Judges;
import dev.optr.agents.Lane;
import dev.optr.agents.LaneListener;
import dev.optr.agents.Question;
import dev.optr.base.UserException;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeStore;
import dev.optr.intent.ContextRules;
import dev.optr.intent.Frozen;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentReader;
import dev.optr.intent.Wish;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run whose input is frozen, before anybody is asked.
 *
 * @param frozen the whole frozen tree
 * @param visible what agents may see of it
 * @param workflowFiles path of the workflow file in the repository; empty where it lies outside
 * @param retrying which lanes are asked
 */
record Prepared(
    Workflow workflow,
    Wiring wiring,
    List<Lane> lanes,
    FrozenTree frozen,
    FrozenTree visible,
    Intent intent,
    List<String> workflowFiles,
    Retrying retrying) {
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
    Intent intent = IntentReader.read(wish, workflow, about(frozen, visible, baseCommit));
    return new Prepared(
        workflow, wiring, lanes, frozen, visible, intent, workflowFiles, Retrying.NOBODY);
  }

  private static Frozen about(FrozenTree frozen, FrozenTree visible, @Nullable String baseCommit) {
    int excluded = frozen.files().size() - visible.files().size();
    return new Frozen(frozen.commit(), frozen.tree(), baseCommit, excluded);
  }

  /**
   * A decision made anew with one agent asked again.
   *
   * @param decided empty where there is none yet
   * @throws UserException where that makes no sense
   */
  Prepared retrying(String agent, Optional<RecalledDecision> decided) {
    List<String> names = workflow.agents().stream().map(AgentSpec::name).toList();
    if (!names.contains(agent)) {
      throw new UserException(
          "the workflow file has no agent '%s'; there are %s"
              .formatted(agent, String.join(", ", names)));
    }
    RecalledDecision earlier =
        decided.orElseThrow(
            () ->
                new UserException("there is no decision to ask for again; '/optr run' makes one"));
    Intent again =
        IntentReader.again(
            earlier.run().intent(), workflow, about(frozen, visible, intent.baseCommit()));
    if (!again.digest().equals(earlier.run().intent().digest())) {
      throw new UserException(
          "the newest decision is about other files, or was made by another workflow file; '/optr run' asks everybody");
    }
    return new Prepared(
        workflow,
        wiring,
        lanes,
        frozen,
        visible,
        again,
        workflowFiles,
        new Retrying(Optional.of(agent), earlier.run().examined()));
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
