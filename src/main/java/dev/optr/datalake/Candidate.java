package dev.optr.datalake;

import dev.optr.agents.Answer;
import dev.optr.base.JsonObject;
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
 * @param withheld the rule why the proposal is not stored ({@code no-secrets}, {@code
 *     proposal-size}), also the id of the check that is then broken; null where it is stored
 */
public record Candidate(
    AgentSpec lane,
    Answer answer,
    @Nullable String tree,
    @Nullable List<Change> changes,
    List<String> problems,
    @Nullable TreeDiff diff,
    @Nullable String withheld) {

  public Candidate {
    problems = List.copyOf(problems);
  }

  /** A lane that gave no tree, for reasons that its answer or {@code problems} say. */
  static Candidate withoutTree(AgentSpec lane, Answer answer, List<String> problems) {
    return new Candidate(lane, answer, null, null, problems, null, null);
  }

  static Candidate withheld(AgentSpec lane, Answer answer, Withheld rule) {
    return new Candidate(lane, answer, null, null, List.of(rule.reason()), null, rule.rule());
  }

  public String agent() {
    return lane.name();
  }

  /** The same, whose lane was also asked for something that is no proposal. */
  public Candidate asked(List<JsonObject> lines) {
    return new Candidate(
        lane, answer.with(answer.exchange().with(lines)), tree, changes, problems, diff, withheld);
  }
}
