package dev.optr.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The anchor log up to one tip: a line of commits with empty trees, each of which names one anchor
 * and keeps it reachable as its last parent.
 */
public final class AnchorLog {
  private static final Set<String> EMPTY_TREES =
      Set.of(
          "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
          "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321");

  private final List<LogCommit> line;
  private final List<Step> steps;
  private final Map<String, List<LoggedAnchor>> anchors;
  private final List<Finding> findings;

  /** One commit of the log whose message has its form. */
  record Step(LogCommit commit, LogEntry entry) {
    /** About this entry of the log. */
    Finding finding(Code code, String about, String message) {
      LoggedAnchor anchor = entry.anchor();
      String what = "number %d of the anchor log: %s".formatted(entry.number(), message);
      return new Finding(code, null, null, anchor.entry(), anchor.pr(), about, what);
    }
  }

  private AnchorLog(List<LogCommit> line, List<Step> steps, List<Finding> findings) {
    this.line = List.copyOf(line);
    this.steps = List.copyOf(steps);
    this.findings = List.copyOf(findings);
    this.anchors = new HashMap<>();
    for (Step step : steps) {
      LoggedAnchor anchor = step.entry().anchor();
      anchors.computeIfAbsent(anchor.entry(), _ -> new ArrayList<>()).add(anchor);
    }
  }

  /** A log that nobody has written to yet. */
  public static AnchorLog empty() {
    return new AnchorLog(List.of(), List.of(), List.of());
  }

  /** Reads the line of first parents and checks how its commits hang together. */
  public static AnchorLog read(LogSource source, String tip) {
    List<Finding> findings = new ArrayList<>();
    List<LogCommit> line = new ArrayList<>();
    Optional<String> next = Optional.of(tip);
    boolean cut = false;
    while (next.isPresent()) {
      Optional<LogCommit> commit = source.commit(next.get());
      cut = commit.isEmpty() && source.isShallow();
      if (commit.isEmpty() && !cut) {
        findings.add(gap(next.get(), "the commit is not in the repository"));
      }
      if (commit.isPresent() && !isOfLog(commit.get())) {
        findings.add(gap(next.get(), "it is no commit of the log"));
        commit = Optional.empty();
      }
      commit.ifPresent(line::addFirst);
      next = commit.flatMap(found -> previous(source, found));
    }
    return new AnchorLog(line, steps(line, cut, findings), findings);
  }

  private static boolean isOfLog(LogCommit commit) {
    return commit.message().startsWith(LogEntry.SUBJECT);
  }

  /** A lone parent is the anchor where the log begins, and else what is left of the two. */
  private static Optional<String> previous(LogSource source, LogCommit commit) {
    if (commit.parents().size() > 1) {
      return Optional.of(commit.parents().getFirst());
    }
    return commit.parents().stream()
        .findFirst()
        .filter(parent -> source.commit(parent).filter(AnchorLog::isOfLog).isPresent());
  }

  private static List<Step> steps(List<LogCommit> line, boolean cut, List<Finding> findings) {
    List<Step> steps = new ArrayList<>();
    long expected = 1;
    boolean known = !cut;
    Optional<String> before = Optional.empty();
    for (LogCommit commit : line) {
      Optional<LogEntry> entry = LogEntry.parse(commit.message());
      if (entry.isEmpty()) {
        findings.add(gap(commit.id(), "its message has not the form of the log"));
        expected++;
      } else {
        long number = entry.get().number();
        if (known && number != expected) {
          findings.add(
              gap(commit.id(), "its number is %d, expected %d".formatted(number, expected)));
        }
        expected = number + 1;
        steps.add(new Step(commit, entry.get()));
      }
      checkForm(commit, before, cut && before.isEmpty(), findings);
      before = Optional.of(commit.id());
      known = true;
    }
    return steps;
  }

  /**
   * @param anyBefore the clone ends here, so the commit before cannot be told
   */
  private static void checkForm(
      LogCommit commit, Optional<String> before, boolean anyBefore, List<Finding> findings) {
    if (!EMPTY_TREES.contains(commit.tree())) {
      findings.add(gap(commit.id(), "its tree is not empty"));
    }
    int wanted = before.isPresent() || anyBefore ? 2 : 1;
    if (commit.parents().size() != wanted) {
      findings.add(
          gap(
              commit.id(),
              "it has %d parents, expected %d".formatted(commit.parents().size(), wanted)));
    }
  }

  private static Finding gap(String commit, String message) {
    return new Finding(
        Code.E_LOG_GAP, null, null, null, null, commit, "the anchor log is not whole: " + message);
  }

  /** Its newest commit; empty where there is no log yet. */
  public Optional<String> tip() {
    return line.isEmpty() ? Optional.empty() : Optional.of(line.getLast().id());
  }

  /** Number of the newest entry; 0 where there is none. */
  public long lastNumber() {
    return steps.isEmpty() ? 0 : steps.getLast().entry().number();
  }

  /** Whether a commit is one of the log's own, so that a tip seen earlier is still there. */
  public boolean contains(String commit) {
    return line.stream().anyMatch(one -> one.id().equals(commit));
  }

  /** The anchors that it names for an entry; one, unless somebody tampered with it. */
  public List<LoggedAnchor> anchorsOf(String entryId) {
    return List.copyOf(anchors.getOrDefault(entryId, List.of()));
  }

  /** Every entry, in the order of the log. */
  public Stream<LogEntry> entries() {
    return steps.stream().map(Step::entry);
  }

  /** What is wrong with how its commits hang together. */
  public List<Finding> findings() {
    return findings;
  }

  List<Step> steps() {
    return steps;
  }
}
