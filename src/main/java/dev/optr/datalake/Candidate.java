package dev.optr.datalake;

import dev.optr.agents.Answer;
import dev.optr.git.Change;
import dev.optr.git.TreeDiff;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A captured answer: what the lane said, and the tree that its edits gave.
 *
 * @param tree null unless the lane proposed and its edits applied
 * @param changes null unless {@code tree} is given; sorted by path bytes
 * @param problems why the edits gave no tree
 * @param diff frozen tree to {@code tree}; null where there is no tree
 */
public record Candidate(
    AgentSpec lane,
    Answer answer,
    @Nullable String tree,
    @Nullable List<Change> changes,
    List<String> problems,
    @Nullable TreeDiff diff) {

  public Candidate {
    problems = List.copyOf(problems);
  }

  public String agent() {
    return lane.name();
  }
}
