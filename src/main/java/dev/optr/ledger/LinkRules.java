package dev.optr.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What must hold between entries: parents, heights, times, and one entry per act of a run. */
final class LinkRules {
  private final LedgerLines lines;
  private final EntryTable table;
  private final EntryGraph graph;
  private final Findings findings;

  LinkRules(LedgerLines lines, EntryGraph graph, Findings findings) {
    this.lines = lines;
    this.table = lines.table();
    this.graph = graph;
    this.findings = findings;
  }

  /** E_ORDER and E_PARENT_MISSING, for every link of every line. */
  void checkParents(BitSet own) {
    int container = -1;
    BitSet inContainer = new BitSet();
    // A parent that stands before its child in the same file needs no second look.
    for (int i = 0; i < table.earlyChildren(); i++) {
      EarlyChild early = table.earlyChild(i);
      if (!own.get(early.row())) {
        continue;
      }
      if (table.container(early.row()) != container) {
        container = table.container(early.row());
        inContainer = table.entriesOf(container);
      }
      boolean isHere = graph.contains(early.parent());
      if (isHere && inContainer.get(early.parent())) {
        report(early, Code.E_ORDER, "' comes later");
      } else if (!isHere && !lines.damaged().contains(early.parentId())) {
        report(early, Code.E_PARENT_MISSING, "' is in no container");
      }
    }
  }

  private void report(EarlyChild early, Code code, String what) {
    findings.add(lines.entry(early.row()).finding(code, "its parent '" + early.parentId() + what));
  }

  /** E_HEIGHT and E_TIME. */
  void checkHeightsAndTimes() {
    graph.rows().forEach(this::checkHeightAndTime);
  }

  private void checkHeightAndTime(int row) {
    long highest = -1;
    long latest = Long.MIN_VALUE;
    int here = 0;
    for (int i = 0; i < graph.parentCount(row); i++) {
      int parent = graph.parent(row, i);
      if (parent >= 0) {
        here++;
        highest = Math.max(highest, table.height(parent));
        latest = Math.max(latest, table.time(parent));
      }
    }
    // Where a parent is missing, which is said elsewhere, the right height is not known.
    if (here == table.parentCount(row) && table.height(row) != highest + 1) {
      findings.add(
          lines
              .entry(row)
              .finding(
                  Code.E_HEIGHT,
                  "the height is " + table.height(row) + " instead of " + (highest + 1)));
    }
    if (here > 0 && table.time(row) < latest) {
      findings.add(
          lines
              .entry(row)
              .finding(
                  Code.E_TIME,
                  Instant.ofEpochSecond(table.time(row))
                      + " is before its parent's "
                      + Instant.ofEpochSecond(latest)));
    }
  }

  /** E_EQUIVOCATION: one run, one attempt, one subject, two entries. */
  void checkEquivocation() {
    BitSet suspects = suspects();
    Map<Act, String> firsts = new HashMap<>();
    graph.rows().filter(suspects::get).forEach(row -> checkAct(row, firsts));
  }

  private void checkAct(int row, Map<Act, String> firsts) {
    Entry entry = lines.entry(row);
    Optional<Act> act = Act.of(entry.body());
    String first = act.isEmpty() ? null : firsts.putIfAbsent(act.get(), entry.id());
    if (first != null) {
      findings.add(equivocation(entry, first));
    }
  }

  static Finding equivocation(Entry entry, String first) {
    return entry.finding(Code.E_EQUIVOCATION, "the same run and attempt also made '" + first + "'");
  }

  /** Entries whose act has the fingerprint of another one's; only these are read again. */
  private BitSet suspects() {
    long[] acts =
        graph.rows().filter(row -> !table.type(row).isByRoot()).mapToLong(table::act).toArray();
    Arrays.sort(acts);
    BitSet suspects = new BitSet();
    long[] repeated = repeated(acts);
    if (repeated.length > 0) {
      graph
          .rows()
          .filter(row -> Arrays.binarySearch(repeated, table.act(row)) >= 0)
          .forEach(suspects::set);
    }
    return suspects;
  }

  private static long[] repeated(long[] sorted) {
    int count = 0;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  /**
   * An execution executes the selected tree of a run that came before it; an outcome is of a run.
   */
  void checkSubjects() {
    TreeComparison trees = new TreeComparison(lines);
    graph
        .rows()
        .forEach(
            row -> {
              switch (table.type(row)) {
                case EXECUTION -> checkExecution(row, trees);
                case OUTCOME -> checkOutcome(row);
                case GENESIS, RUN, KEY -> {}
              }
            });
  }

  private void checkOutcome(int row) {
    int subject = table.subject(row);
    if (graph.contains(subject) && table.type(subject) != EntryType.RUN) {
      findings.add(noRun(lines.entry(row)));
    }
  }

  private void checkExecution(int row, TreeComparison trees) {
    int subject = table.subject(row);
    boolean isRunBefore =
        graph.contains(subject)
            && table.type(subject) == EntryType.RUN
            && graph.isAncestor(subject, row);
    if (!isRunBefore) {
      findings.add(noRun(lines.entry(row)));
    } else if (!trees.isSame(row, subject)) {
      Entry entry = lines.entry(row);
      String executed = TreeComparison.tree(entry.body());
      String selected = TreeComparison.tree(lines.entry(subject).body());
      findings.add(otherTree(entry, String.valueOf(executed), String.valueOf(selected)));
    }
  }

  static Finding otherTree(Entry entry, String executed, String selected) {
    return entry.finding(
        Code.E_PROFILE,
        "it executes tree '" + executed + "', the run entry selected '" + selected + "'");
  }

  static Finding noRun(Entry entry) {
    String subject = Act.of(entry.body()).map(act -> act.subject().getFirst()).orElse("");
    return entry.finding(
        Code.E_PROFILE, "it names '" + subject + "', which is no run entry before it");
  }
}
