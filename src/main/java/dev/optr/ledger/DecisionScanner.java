package dev.optr.ledger;

/** Scans what a run decided; refuses what contradicts itself, as {@link DecisionReader} does. */
final class DecisionScanner {
  private static final int MOST_LANES = 32;

  private static final int INPUT = 1;
  private static final int POLICY = 2;
  private static final int AGENT = 3;
  private static final int SELECTED = 4;
  private static final int TREE = 5;

  private static final Pieces START =
      Pieces.of("{\"input\":\"").digest(INPUT).then("\",\"lanes\":[").end();
  private static final Pieces LANE =
      Pieces.of("{\"agent\":\"").text(AGENT).then("\",\"outcome\":\"").end();
  private static final Pieces PROPOSED =
      Pieces.of("proposed\",\"tree\":\"").gitId(TREE).then("\"}").end();
  private static final Pieces WITHOUT_TREE = Pieces.of("proposed\",\"tree\":null}").end();
  private static final Pieces DECLINED = Pieces.of("declined\",\"tree\":null}").end();
  private static final Pieces FAILED = Pieces.of("failed\",\"tree\":null}").end();
  private static final Pieces NOT_ASKED = Pieces.of("not_asked\",\"tree\":null}").end();
  private static final Pieces COMMA = Pieces.of(",").end();
  private static final Pieces OUTCOME = Pieces.of("],\"outcome\":\"").end();
  private static final Pieces SELECTION =
      Pieces.of("selected\",\"policy\":\"")
          .digest(POLICY)
          .then("\",\"selected\":\"")
          .text(SELECTED)
          .then("\",\"selector\":\"")
          .text(Pieces.ANY)
          .then("\",\"tree\":\"")
          .gitId(TREE)
          .then("\"}")
          .end();
  private static final Pieces NONE_ADMISSIBLE = Pieces.of("none_admissible").end();
  private static final Pieces QUORUM_MISSED = Pieces.of("quorum_missed").end();
  private static final Pieces NO_SELECTION =
      Pieces.of("\",\"policy\":\"")
          .digest(POLICY)
          .then("\",\"selected\":null,\"selector\":\"")
          .text(Pieces.ANY)
          .then("\",\"tree\":null}")
          .end();

  private final ByteCursor cursor;
  private final int[] agentFrom = new int[MOST_LANES];
  private final int[] agentTo = new int[MOST_LANES];
  private final int[] treeFrom = new int[MOST_LANES];
  private final int[] treeTo = new int[MOST_LANES];
  private int lanes;

  DecisionScanner(ByteCursor cursor) {
    this.cursor = cursor;
  }

  boolean scan(ScannedLine found) {
    if (!cursor.read(START) || !lanes() || !cursor.read(OUTCOME)) {
      return false;
    }
    cursor.digest(INPUT, found.input, 0);
    found.treeTo = 0;
    boolean sound =
        cursor.readOrStay(SELECTION)
            ? isLane(found)
            : (cursor.readOrStay(NONE_ADMISSIBLE) || cursor.read(QUORUM_MISSED))
                && cursor.read(NO_SELECTION);
    cursor.digest(POLICY, found.policy, 0);
    return sound;
  }

  /** The selected agent is a lane with the selected tree. */
  private boolean isLane(ScannedLine found) {
    found.treeFrom = cursor.from(TREE);
    found.treeTo = cursor.to(TREE);
    for (int i = 0; i < lanes; i++) {
      if (cursor.isSame(agentFrom[i], agentTo[i], cursor.from(SELECTED), cursor.to(SELECTED))) {
        return treeTo[i] > 0 && cursor.isSame(treeFrom[i], treeTo[i], found.treeFrom, found.treeTo);
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
      if (cursor.peek() == ']') {
        return true;
      }
      if (!cursor.read(COMMA)) {
        return false;
      }
    }
    return false;
  }

  private boolean lane() {
    if (!cursor.read(LANE)) {
      return false;
    }
    agentFrom[lanes] = cursor.from(AGENT);
    agentTo[lanes] = cursor.to(AGENT);
    boolean sorted =
        lanes == 0
            || cursor.compare(
                    agentFrom[lanes - 1], agentTo[lanes - 1], agentFrom[lanes], agentTo[lanes])
                < 0;
    return sorted && cursor.isAscii(agentFrom[lanes], agentTo[lanes]) && laneOutcome();
  }

  private boolean laneOutcome() {
    treeTo[lanes] = 0;
    if (cursor.readOrStay(PROPOSED)) {
      treeFrom[lanes] = cursor.from(TREE);
      treeTo[lanes] = cursor.to(TREE);
      return true;
    }
    return cursor.readOrStay(FAILED)
        || cursor.readOrStay(DECLINED)
        || cursor.readOrStay(NOT_ASKED)
        || cursor.read(WITHOUT_TREE);
  }
}
