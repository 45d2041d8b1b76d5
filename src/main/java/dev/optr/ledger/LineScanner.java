package dev.optr.ledger;

/**
 * Scans one line of type run, execution or outcome where it lies, without allocating anything. The
 * law: a line that it accepts is one that {@link LineReader} calls intact if its id is right, and
 * says the same about it. A line that it does not accept may still be sound, in a rarer spelling;
 * {@link LineReader} is the authority on those, and on what is wrong with the others.
 */
final class LineScanner {
  private static final ByteCursor.Literal BODY = ByteCursor.literal("{\"body\":");
  private static final ByteCursor.Literal DECISION = ByteCursor.literal("{\"decision\":");
  private static final ByteCursor.Literal COMMIT = ByteCursor.literal("{\"commit\":");
  private static final ByteCursor.Literal NULL_ENTRY = ByteCursor.literal("null,\"entry\":\"");
  private static final ByteCursor.Literal ENTRY_NEXT = ByteCursor.literal(",\"entry\":\"");
  private static final ByteCursor.Literal ENTRY = ByteCursor.literal("{\"entry\":\"");
  private static final ByteCursor.Literal HEAD = ByteCursor.literal(",\"head\":\"");
  private static final ByteCursor.Literal HEIGHT = ByteCursor.literal(",\"height\":");
  private static final ByteCursor.Literal INPUTS = ByteCursor.literal(",\"inputs\":[");
  private static final ByteCursor.Literal LEDGER = ByteCursor.literal(",\"ledger\":\"");
  private static final ByteCursor.Literal OUTPUTS = ByteCursor.literal(",\"outputs\":[");
  private static final ByteCursor.Literal PARENTS = ByteCursor.literal(",\"parents\":[");
  private static final ByteCursor.Literal PR = ByteCursor.literal(",\"pr\":");
  private static final ByteCursor.Literal NULL = ByteCursor.literal("null");
  private static final ByteCursor.Literal BASE = ByteCursor.literal("{\"base\":\"");
  private static final ByteCursor.Literal BASE_REF = ByteCursor.literal(",\"base_ref\":\"");
  private static final ByteCursor.Literal NUMBER = ByteCursor.literal(",\"number\":");
  private static final ByteCursor.Literal HOST = ByteCursor.literal(",\"repo\":{\"host\":\"");
  private static final ByteCursor.Literal ID = ByteCursor.literal(",\"id\":");
  private static final ByteCursor.Literal NAME = ByteCursor.literal(",\"name\":\"");
  private static final ByteCursor.Literal RESULT = ByteCursor.literal(",\"result\":\"");
  private static final ByteCursor.Literal MERGED = ByteCursor.literal("merged\"");
  private static final ByteCursor.Literal CLOSED = ByteCursor.literal("closed\"");
  private static final ByteCursor.Literal REVERTED = ByteCursor.literal("reverted\"");
  private static final ByteCursor.Literal ACTOR = ByteCursor.literal(",\"run\":{\"actor\":\"");
  private static final ByteCursor.Literal ATTEMPT = ByteCursor.literal(",\"attempt\":");
  private static final ByteCursor.Literal EVENT = ByteCursor.literal(",\"event\":\"");
  private static final ByteCursor.Literal WORKFLOW = ByteCursor.literal(",\"workflow\":\"");
  private static final ByteCursor.Literal TOOL = ByteCursor.literal(",\"tool\":{\"name\":\"");
  private static final ByteCursor.Literal VERSION = ByteCursor.literal(",\"version\":\"");
  private static final ByteCursor.Literal TREE = ByteCursor.literal(",\"tree\":\"");
  private static final ByteCursor.Literal TIME = ByteCursor.literal(",\"ts\":\"");
  private static final ByteCursor.Literal RUN_TYPE =
      ByteCursor.literal(",\"type\":\"run\",\"v\":1}");
  private static final ByteCursor.Literal EXECUTION_TYPE =
      ByteCursor.literal(",\"type\":\"execution\",\"v\":1}");
  private static final ByteCursor.Literal OUTCOME_TYPE =
      ByteCursor.literal(",\"type\":\"outcome\",\"v\":1}");
  private static final ByteCursor.Literal ENTRY_ID = ByteCursor.literal(",\"id\":\"");
  private static final ByteCursor.Literal SIGNATURES = ByteCursor.literal(",\"sigs\":[");
  private static final ByteCursor.Literal SIGNING_KEY =
      ByteCursor.literal("{\"alg\":\"ssh-ed25519\",\"key\":\"");
  private static final ByteCursor.Literal SIGNATURE = ByteCursor.literal(",\"sig\":\"");
  private static final ByteCursor.Literal END = ByteCursor.literal("]}");

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
    if (!cursor.skip(BODY)) {
      return false;
    }
    found.bodyFrom = cursor.position();
    if (!body()) {
      return false;
    }
    found.bodyTo = cursor.position();
    boolean sound =
        cursor.skip(ENTRY_ID)
            && cursor.digest(found.id, 0)
            && cursor.skip(SIGNATURES)
            && signatures()
            && cursor.skip(END)
            && cursor.peek() == '\n';
    found.end = cursor.position();
    return sound && found.end - start <= LineReader.MOST_BYTES;
  }

  private boolean body() {
    found.treeTo = 0;
    if (cursor.skip(DECISION)) {
      return run();
    }
    return cursor.skip(ENTRY) ? execution() : cursor.skip(COMMIT) && outcome();
  }

  private boolean run() {
    if (!(decision.scan()
        && height()
        && cursor.skip(INPUTS)
        && files.scan()
        && ledger()
        && cursor.skip(OUTPUTS)
        && files.scan()
        && linked()
        && workflowRun()
        && tool()
        && time()
        && cursor.skip(RUN_TYPE))) {
      return false;
    }
    found.decided(decision);
    return true;
  }

  private boolean execution() {
    return cursor.digest(found.subject, 0)
        && cursor.skip(HEAD)
        && cursor.gitId()
        && height()
        && ledger()
        && linked()
        && workflowRun()
        && tool()
        && tree()
        && time()
        && cursor.skip(EXECUTION_TYPE)
        && found.is(EntryType.EXECUTION);
  }

  private boolean outcome() {
    return commit()
        && cursor.digest(found.subject, 0)
        && height()
        && ledger()
        && linked()
        && cursor.skip(RESULT)
        && (cursor.skip(MERGED) || cursor.skip(CLOSED) || cursor.skip(REVERTED))
        && workflowRun()
        && tool()
        && time()
        && cursor.skip(OUTCOME_TYPE)
        && found.is(EntryType.OUTCOME);
  }

  private boolean commit() {
    return cursor.peek() == 'n'
        ? cursor.skip(NULL_ENTRY)
        : cursor.skip('"') && cursor.gitId() && cursor.skip(ENTRY_NEXT);
  }

  private boolean tree() {
    if (!cursor.skip(TREE)) {
      return false;
    }
    found.treeFrom = cursor.position();
    boolean sound = cursor.gitId();
    found.treeTo = cursor.position() - 1;
    return sound;
  }

  private boolean height() {
    boolean sound = cursor.skip(HEIGHT) && cursor.integer(0);
    found.height = cursor.number();
    return sound;
  }

  private boolean ledger() {
    return cursor.skip(LEDGER) && cursor.digest(found.ledger, 0);
  }

  /** Parents, pull request and repository, which follow each other in all three types. */
  private boolean linked() {
    return cursor.skip(PARENTS) && parents() && cursor.skip(PR) && pullRequest() && repository();
  }

  /** At least one, in growing order. */
  private boolean parents() {
    found.parents = 0;
    do {
      if (found.parents == ScannedLine.MOST_PARENTS
          || !cursor.skip('"')
          || !cursor.digest(found.parentIds, 4 * found.parents)
          || !found.isParentInOrder()) {
        return false;
      }
      found.parents++;
    } while (cursor.peek() == ',' && cursor.skip(','));
    return cursor.skip(']');
  }

  private boolean pullRequest() {
    if (cursor.peek() == 'n') {
      return cursor.skip(NULL);
    }
    return cursor.skip(BASE)
        && cursor.gitId()
        && cursor.skip(BASE_REF)
        && cursor.text()
        && cursor.skip(HEAD)
        && cursor.gitId()
        && cursor.skip(NUMBER)
        && cursor.integer(1, Integer.MAX_VALUE)
        && cursor.skip('}');
  }

  private boolean repository() {
    if (!cursor.skip(HOST)) {
      return false;
    }
    found.hostFrom = cursor.position();
    if (!cursor.text()) {
      return false;
    }
    found.hostTo = cursor.position() - 1;
    if (!(cursor.skip(ID) && cursor.integer(0))) {
      return false;
    }
    found.repositoryId = cursor.number();
    return cursor.skip(NAME) && cursor.text() && cursor.skip('}');
  }

  private boolean workflowRun() {
    if (!(cursor.skip(ACTOR)
        && cursor.text()
        && cursor.skip(ATTEMPT)
        && cursor.integer(1, Integer.MAX_VALUE))) {
      return false;
    }
    found.attempt = (int) cursor.number();
    if (!(cursor.skip(EVENT) && cursor.text() && cursor.skip(ID) && cursor.integer(1))) {
      return false;
    }
    found.runId = cursor.number();
    return cursor.skip(WORKFLOW) && cursor.text() && cursor.skip('}');
  }

  private boolean tool() {
    return cursor.skip(TOOL)
        && cursor.text()
        && cursor.skip(VERSION)
        && cursor.text()
        && cursor.skip('}');
  }

  private boolean time() {
    boolean sound = cursor.skip(TIME) && cursor.time();
    found.time = cursor.number();
    return sound;
  }

  /** None or one. */
  private boolean signatures() {
    found.keyTo = 0;
    if (cursor.peek() == ']') {
      return true;
    }
    if (!cursor.skip(SIGNING_KEY)) {
      return false;
    }
    found.keyFrom = cursor.position();
    if (!cursor.text()) {
      return false;
    }
    found.keyTo = cursor.position() - 1;
    if (!cursor.skip(SIGNATURE)) {
      return false;
    }
    found.signatureFrom = cursor.position();
    if (!cursor.text()) {
      return false;
    }
    found.signatureTo = cursor.position() - 1;
    return cursor.skip('}');
  }
}
