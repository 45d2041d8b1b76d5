package dev.optr.ledger;

/** Scans what a run decided; refuses what contradicts itself, as {@link DecisionReader} does. */
final class DecisionScanner {
  private static final int MOST_LANES = 32;

  private static final ByteCursor.Literal INPUT = ByteCursor.literal("{\"input\":\"");
  private static final ByteCursor.Literal LANES = ByteCursor.literal(",\"lanes\":[");
  private static final ByteCursor.Literal OUTCOME = ByteCursor.literal("],\"outcome\":\"");
  private static final ByteCursor.Literal SELECTED_OUTCOME = ByteCursor.literal("selected\"");
  private static final ByteCursor.Literal NONE = ByteCursor.literal("none_admissible\"");
  private static final ByteCursor.Literal MISSED = ByteCursor.literal("quorum_missed\"");
  private static final ByteCursor.Literal POLICY = ByteCursor.literal(",\"policy\":\"");
  private static final ByteCursor.Literal SELECTED = ByteCursor.literal(",\"selected\":");
  private static final ByteCursor.Literal SELECTOR = ByteCursor.literal(",\"selector\":\"");
  private static final ByteCursor.Literal TREE = ByteCursor.literal(",\"tree\":");
  private static final ByteCursor.Literal NULL = ByteCursor.literal("null");
  private static final ByteCursor.Literal AGENT = ByteCursor.literal("{\"agent\":\"");
  private static final ByteCursor.Literal LANE_OUTCOME = ByteCursor.literal(",\"outcome\":\"");
  private static final ByteCursor.Literal PROPOSED = ByteCursor.literal("proposed\"");
  private static final ByteCursor.Literal DECLINED = ByteCursor.literal("declined\"");
  private static final ByteCursor.Literal FAILED = ByteCursor.literal("failed\"");
  private static final ByteCursor.Literal NOT_ASKED = ByteCursor.literal("not_asked\"");

  private final ByteCursor cursor;
  private final long[] input = new long[4];
  private final long[] policy = new long[4];
  private final int[] agentFrom = new int[MOST_LANES];
  private final int[] agentTo = new int[MOST_LANES];
  private final int[] laneTreeFrom = new int[MOST_LANES];
  private final int[] laneTreeTo = new int[MOST_LANES];
  private int lanes;
  private int treeFrom;
  private int treeTo;

  DecisionScanner(ByteCursor cursor) {
    this.cursor = cursor;
  }

  boolean scan() {
    if (!(cursor.skip(INPUT) && cursor.digest(input, 0) && cursor.skip(LANES) && lanes())) {
      return false;
    }
    if (!cursor.skip(OUTCOME)) {
      return false;
    }
    boolean isSelected = cursor.skip(SELECTED_OUTCOME);
    return (isSelected || cursor.skip(NONE) || cursor.skip(MISSED))
        && cursor.skip(POLICY)
        && cursor.digest(policy, 0)
        && cursor.skip(SELECTED)
        && (isSelected ? selection() : noSelection())
        && cursor.skip('}');
  }

  /** Four words. */
  long[] input() {
    return input;
  }

  /** Four words. */
  long[] policy() {
    return policy;
  }

  /** True where there is a selected tree. */
  boolean hasTree() {
    return treeTo > 0;
  }

  /** Where the digits of the selected tree begin. */
  int treeFrom() {
    return treeFrom;
  }

  int treeTo() {
    return treeTo;
  }

  private boolean noSelection() {
    treeTo = 0;
    return cursor.skip(NULL)
        && cursor.skip(SELECTOR)
        && cursor.text()
        && cursor.skip(TREE)
        && cursor.skip(NULL);
  }

  /** The selected agent is a lane with the selected tree. */
  private boolean selection() {
    int from = cursor.position() + 1;
    if (!(cursor.skip('"') && cursor.text())) {
      return false;
    }
    int to = cursor.position() - 1;
    if (!(cursor.skip(SELECTOR) && cursor.text() && cursor.skip(TREE))) {
      return false;
    }
    treeFrom = cursor.position() + 1;
    if (!(cursor.skip('"') && cursor.gitId())) {
      return false;
    }
    treeTo = cursor.position() - 1;
    for (int i = 0; i < lanes; i++) {
      if (cursor.isSame(agentFrom[i], agentTo[i], from, to)) {
        return laneTreeTo[i] > 0 && cursor.isSame(laneTreeFrom[i], laneTreeTo[i], treeFrom, treeTo);
      }
    }
    return false;
  }

  private boolean lanes() {
    lanes = 0;
    if (cursor.peek() == ']') {
      return true;
    }
    while (lanes < MOST_LANES && lane()) {
      lanes++;
      if (cursor.peek() != ',') {
        return cursor.peek() == ']';
      }
      cursor.skip(',');
    }
    return false;
  }

  private boolean lane() {
    if (!cursor.skip(AGENT)) {
      return false;
    }
    agentFrom[lanes] = cursor.position();
    if (!cursor.asciiText()) {
      return false;
    }
    agentTo[lanes] = cursor.position() - 1;
    boolean sorted =
        lanes == 0
            || cursor.compare(
                    agentFrom[lanes - 1], agentTo[lanes - 1], agentFrom[lanes], agentTo[lanes])
                < 0;
    if (!(sorted && cursor.skip(LANE_OUTCOME))) {
      return false;
    }
    boolean proposed = cursor.skip(PROPOSED);
    return (proposed || cursor.skip(DECLINED) || cursor.skip(FAILED) || cursor.skip(NOT_ASKED))
        && cursor.skip(TREE)
        && laneTree(proposed)
        && cursor.skip('}');
  }

  private boolean laneTree(boolean proposed) {
    laneTreeTo[lanes] = 0;
    if (cursor.peek() == 'n') {
      return cursor.skip(NULL);
    }
    laneTreeFrom[lanes] = cursor.position() + 1;
    if (!(proposed && cursor.skip('"') && cursor.gitId())) {
      return false;
    }
    laneTreeTo[lanes] = cursor.position() - 1;
    return true;
  }
}
