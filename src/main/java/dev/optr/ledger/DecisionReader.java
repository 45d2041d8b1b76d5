package dev.optr.ledger;

import dev.optr.base.Json;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a run decided, and refuses what contradicts itself. */
final class DecisionReader {
  private static final Set<String> MEMBERS =
      Set.of("input", "lanes", "outcome", "policy", "selected", "selector", "tree");
  private static final Set<String> OUTCOMES =
      Set.of("selected", "none_admissible", "quorum_missed");
  private static final Set<String> LANE_OUTCOMES =
      Set.of("proposed", "declined", "failed", "not_asked");

  private DecisionReader() {}

  static Decision read(Json json) throws ProfileException {
    Members decision = Members.of("body.decision", json, MEMBERS);
    Decision read =
        new Decision(
            decision.digest("input"),
            decision.list("lanes", DecisionReader::lane),
            decision.oneOf("outcome", OUTCOMES),
            decision.digest("policy"),
            decision.textOrNull("selected"),
            decision.text("selector"),
            decision.gitIdOrNull("tree"));
    checkLaneOrder(read.lanes());
    checkSelection(read);
    return read;
  }

  private static Decision.Lane lane(String where, Json json) throws ProfileException {
    Members lane = Members.of(where, json, Set.of("agent", "outcome", "tree"));
    Decision.Lane read =
        new Decision.Lane(
            lane.text("agent"), lane.oneOf("outcome", LANE_OUTCOMES), lane.gitIdOrNull("tree"));
    if (read.tree() != null && !read.outcome().equals("proposed")) {
      throw lane.unexpected("tree", "there although the lane " + read.outcome());
    }
    return read;
  }

  private static void checkLaneOrder(List<Decision.Lane> lanes) throws ProfileException {
    for (int i = 1; i < lanes.size(); i++) {
      if (lanes.get(i - 1).agent().compareTo(lanes.get(i).agent()) >= 0) {
        throw new ProfileException(
            "'body.decision.lanes' are not sorted by agent, or name one twice");
      }
    }
  }

  private static void checkSelection(Decision decision) throws ProfileException {
    boolean none = decision.selected() == null && decision.tree() == null;
    boolean sound =
        decision.outcome().equals("selected")
            ? isLane(decision.lanes(), decision.selected(), decision.tree())
            : none;
    if (!sound) {
      throw new ProfileException(
          "'body.decision' contradicts itself: outcome '"
              + decision.outcome()
              + "' with selected '"
              + decision.selected()
              + "' and tree '"
              + decision.tree()
              + "'");
    }
  }

  private static boolean isLane(
      List<Decision.Lane> lanes, @Nullable String agent, @Nullable String tree) {
    return tree != null
        && lanes.stream().anyMatch(lane -> lane.agent().equals(agent) && tree.equals(lane.tree()));
  }
}
