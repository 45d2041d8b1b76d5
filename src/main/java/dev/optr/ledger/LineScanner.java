package dev.optr.ledger;

/**
 * Scans one line of type run, execution or outcome where it lies, without allocating anything. The
 * law: a line that it accepts is one that {@link LineReader} calls intact if its id is right, and
 * says the same about it. A line that it does not accept may still be sound, in a rarer spelling;
 * {@link LineReader} is the authority on those, and on what is wrong with the others.
 */
final class LineScanner {
  private static final int ID = 1;
  private static final int LEDGER = 2;
  private static final int SUBJECT = 3;
  private static final int PARENT = 4;

  private static final int HEIGHT = 1;
  private static final int REPOSITORY_ID = 2;
  private static final int RUN_ID = 3;
  private static final int ATTEMPT = 4;
  private static final int SECONDS = 5;

  private static final int HOST = 1;
  private static final int TREE = 2;
  private static final int KEY = 3;
  private static final int SIGNATURE = 4;

  private static final long MAX = Members.MAX_INTEGER;
  private static final String BODY = "{\"body\":";
  private static final Pieces RUN = Pieces.of(BODY + "{\"decision\":").end();
  private static final Pieces INPUTS =
      Pieces.of(",\"height\":").integer(HEIGHT, 0, MAX).then(",\"inputs\":[").end();
  private static final Pieces OUTPUTS =
      Pieces.of(",\"ledger\":\"").digest(LEDGER).then("\",\"outputs\":[").end();
  private static final Pieces RUN_PARENTS = Pieces.of(",\"parents\":[").end();

  private static final Pieces EXECUTION =
      Pieces.of(BODY + "{\"entry\":\"")
          .digest(SUBJECT)
          .then("\",\"head\":\"")
          .gitId(Pieces.ANY)
          .then("\",\"height\":")
          .integer(HEIGHT, 0, MAX)
          .then(",\"ledger\":\"")
          .digest(LEDGER)
          .then("\",\"parents\":[")
          .end();

  private static final Pieces OUTCOME = Pieces.of(BODY + "{\"commit\":").end();
  private static final Pieces NULL = Pieces.of("null").end();
  private static final Pieces COMMIT = Pieces.of("\"").gitId(Pieces.ANY).then("\"").end();
  private static final Pieces OUTCOME_PARENTS =
      Pieces.of(",\"entry\":\"")
          .digest(SUBJECT)
          .then("\",\"height\":")
          .integer(HEIGHT, 0, MAX)
          .then(",\"ledger\":\"")
          .digest(LEDGER)
          .then("\",\"parents\":[")
          .end();

  private static final Pieces FIRST_PARENT = Pieces.of("\"").digest(PARENT).then("\"").end();
  private static final Pieces NEXT_PARENT = Pieces.of(",\"").digest(PARENT).then("\"").end();
  private static final Pieces PULL_REQUEST =
      Pieces.of("],\"pr\":{\"base\":\"")
          .gitId(Pieces.ANY)
          .then("\",\"base_ref\":\"")
          .text(Pieces.ANY)
          .then("\",\"head\":\"")
          .gitId(Pieces.ANY)
          .then("\",\"number\":")
          .integer(Pieces.ANY, 1, Integer.MAX_VALUE)
          .then("}")
          .end();
  private static final Pieces NO_PULL_REQUEST = Pieces.of("],\"pr\":null").end();
  private static final Pieces REPOSITORY =
      Pieces.of(",\"repo\":{\"host\":\"")
          .text(HOST)
          .then("\",\"id\":")
          .integer(REPOSITORY_ID, 0, MAX)
          .then(",\"name\":\"")
          .text(Pieces.ANY)
          .then("\"}")
          .end();
  private static final Pieces MERGED = Pieces.of(",\"result\":\"merged\"").end();
  private static final Pieces CLOSED = Pieces.of(",\"result\":\"closed\"").end();
  private static final Pieces REVERTED = Pieces.of(",\"result\":\"reverted\"").end();
  private static final Pieces WORKFLOW_RUN =
      Pieces.of(",\"run\":{\"actor\":\"")
          .text(Pieces.ANY)
          .then("\",\"attempt\":")
          .integer(ATTEMPT, 1, Integer.MAX_VALUE)
          .then(",\"event\":\"")
          .text(Pieces.ANY)
          .then("\",\"id\":")
          .integer(RUN_ID, 1, MAX)
          .then(",\"workflow\":\"")
          .text(Pieces.ANY)
          .then("\"},\"tool\":{\"name\":\"")
          .text(Pieces.ANY)
          .then("\",\"version\":\"")
          .text(Pieces.ANY)
          .then("\"}")
          .end();
  private static final Pieces EXECUTED_TREE =
      Pieces.of(",\"tree\":\"").gitId(TREE).then("\"").end();
  private static final Pieces RUN_END = end("run");
  private static final Pieces EXECUTION_END = end("execution");
  private static final Pieces OUTCOME_END = end("outcome");

  private static final Pieces SIGNATURES =
      Pieces.of(",\"id\":\"").digest(ID).then("\",\"sigs\":[").end();
  private static final Pieces ONE_SIGNATURE =
      Pieces.of("{\"alg\":\"ssh-ed25519\",\"key\":\"")
          .text(KEY)
          .then("\",\"sig\":\"")
          .text(SIGNATURE)
          .then("\"}]}\n")
          .end();
  private static final Pieces NO_SIGNATURE = Pieces.of("]}\n").end();

  private final ByteCursor cursor;
  private final DecisionScanner decision;
  private final FileListScanner files;
  private final ScannedLine found = new ScannedLine();

  /** Scans lines in these bytes, behind which stand {@link ByteCursor#PADDING} zeros. */
  LineScanner(byte[] bytes) {
    this.cursor = new ByteCursor(bytes);
    this.decision = new DecisionScanner(cursor);
    this.files = new FileListScanner(cursor);
  }

  private static Pieces end(String type) {
    return Pieces.of(",\"ts\":\"")
        .time(SECONDS)
        .then("\",\"type\":\"" + type + "\",\"v\":1}")
        .end();
  }

  /** What the line says that was scanned last; good until the next one. */
  ScannedLine found() {
    return found;
  }

  /**
   * True where a sound line of at most 64 KiB begins here and ends with LF; its id may be wrong.
   */
  boolean scan(int start) {
    cursor.moveTo(start);
    found.start = start;
    found.bodyFrom = start + BODY.length();
    if (!body()) {
      return false;
    }
    found.bodyTo = cursor.position();
    found.height = cursor.number(HEIGHT);
    found.time = cursor.number(SECONDS);
    found.runId = cursor.number(RUN_ID);
    found.attempt = (int) cursor.number(ATTEMPT);
    found.repositoryId = cursor.number(REPOSITORY_ID);
    found.hostFrom = cursor.from(HOST);
    found.hostTo = cursor.to(HOST);
    cursor.digest(LEDGER, found.ledger, 0);
    return signatures() && found.end - start <= LineReader.MOST_BYTES;
  }

  private boolean body() {
    if (cursor.readOrStay(RUN)) {
      return run();
    }
    return cursor.readOrStay(EXECUTION) ? execution() : cursor.read(OUTCOME) && outcome();
  }

  private boolean run() {
    found.type = EntryType.RUN;
    return decision.scan(found)
        && cursor.read(INPUTS)
        && files.scan()
        && cursor.read(OUTPUTS)
        && files.scan()
        && cursor.read(RUN_PARENTS)
        && linked()
        && cursor.read(WORKFLOW_RUN)
        && cursor.read(RUN_END);
  }

  private boolean execution() {
    found.type = EntryType.EXECUTION;
    cursor.digest(SUBJECT, found.subject, 0);
    boolean sound =
        linked()
            && cursor.read(WORKFLOW_RUN)
            && cursor.read(EXECUTED_TREE)
            && cursor.read(EXECUTION_END);
    found.treeFrom = cursor.from(TREE);
    found.treeTo = cursor.to(TREE);
    return sound;
  }

  private boolean outcome() {
    found.type = EntryType.OUTCOME;
    found.treeTo = 0;
    if (!(cursor.readOrStay(NULL) || cursor.read(COMMIT)) || !cursor.read(OUTCOME_PARENTS)) {
      return false;
    }
    cursor.digest(SUBJECT, found.subject, 0);
    return linked()
        && (cursor.readOrStay(MERGED) || cursor.readOrStay(CLOSED) || cursor.read(REVERTED))
        && cursor.read(WORKFLOW_RUN)
        && cursor.read(OUTCOME_END);
  }

  /** Parents, pull request and repository, which follow each other in all three types. */
  private boolean linked() {
    return parents()
        && (cursor.readOrStay(PULL_REQUEST) || cursor.read(NO_PULL_REQUEST))
        && cursor.read(REPOSITORY);
  }

  /** At least one, in growing order. */
  private boolean parents() {
    found.parents = 0;
    boolean isThere = cursor.read(FIRST_PARENT);
    while (isThere && found.parents < ScannedLine.MOST_PARENTS) {
      cursor.digest(PARENT, found.parentIds, EntryId.WORDS * found.parents);
      if (!found.isParentInOrder()) {
        return false;
      }
      found.parents++;
      if (cursor.peek() == ']') {
        return true;
      }
      isThere = cursor.read(NEXT_PARENT);
    }
    return false;
  }

  /** None or one. */
  private boolean signatures() {
    if (!cursor.read(SIGNATURES)) {
      return false;
    }
    cursor.digest(ID, found.id, 0);
    found.keyTo = 0;
    if (!cursor.readOrStay(NO_SIGNATURE)) {
      if (!cursor.read(ONE_SIGNATURE)) {
        return false;
      }
      found.keyFrom = cursor.from(KEY);
      found.keyTo = cursor.to(KEY);
      found.signatureFrom = cursor.from(SIGNATURE);
      found.signatureTo = cursor.to(SIGNATURE);
    }
    found.end = cursor.position() - 1;
    return true;
  }
}
