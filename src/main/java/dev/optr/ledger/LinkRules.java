package dev.optr.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold between entries: parents, heights, times, and one entry per act of a run. */
final class LinkRules {
  private LinkRules() {}

  /** E_ORDER and E_PARENT_MISSING, for every link of every line. */
  static void checkParents(
      LedgerLines all, List<Entry> lines, EntryGraph graph, Findings findings) {
    Map<String, Integer> lineNumbers = new HashMap<>();
    lines.forEach(line -> lineNumbers.put(line.container() + '\n' + line.id(), line.lineNumber()));
    for (Entry line : lines) {
      for (String parent : line.body().common().parents()) {
        Integer sameFile = lineNumbers.get(line.container() + '\n' + parent);
        if (sameFile != null && sameFile > line.lineNumber()) {
          findings.add(line.finding(Code.E_ORDER, "its parent '" + parent + "' comes later"));
        } else if (graph.find(parent).isEmpty() && !all.damaged().contains(parent)) {
          findings.add(
              line.finding(
                  Code.E_PARENT_MISSING, "its parent '" + parent + "' is in no container"));
        }
      }
    }
  }

  /** E_HEIGHT and E_TIME. */
  static void checkHeightsAndTimes(EntryGraph graph, Findings findings) {
    for (Entry entry : graph.entries()) {
      Body.Common own = entry.body().common();
      List<Body.Common> parents =
          graph.parents(entry).stream().map(parent -> parent.body().common()).toList();
      // Where a parent is missing, which is said elsewhere, the right height is not known.
      long expected = parents.stream().mapToLong(Body.Common::height).max().orElse(-1) + 1;
      if (parents.size() == own.parents().size() && own.height() != expected) {
        findings.add(
            entry.finding(
                Code.E_HEIGHT, "the height is " + own.height() + " instead of " + expected));
      }
      Optional<Instant> latest = parents.stream().map(Body.Common::time).max(Instant::compareTo);
      if (latest.isPresent() && own.time().isBefore(latest.get())) {
        findings.add(
            entry.finding(Code.E_TIME, own.time() + " is before its parent's " + latest.get()));
      }
    }
  }

  /** E_EQUIVOCATION: one run, one attempt, one subject, two entries. */
  static void checkEquivocation(EntryGraph graph, Findings findings) {
    Map<List<Object>, Entry> firsts = new HashMap<>();
    for (Entry entry : graph.entries()) {
      List<Object> act =
          switch (entry.body()) {
            case Body.Run run ->
                List.of(
                    "run",
                    run.run().id(),
                    run.run().attempt(),
                    run.decision().input(),
                    run.decision().policy());
            case Body.Execution execution ->
                List.of(
                    "execution",
                    execution.run().id(),
                    execution.run().attempt(),
                    execution.entry());
            case Body.Outcome outcome ->
                List.of("outcome", outcome.run().id(), outcome.run().attempt(), outcome.entry());
            case Body.Genesis _, Body.Key _ -> List.of(entry.id());
          };
      Entry first = firsts.putIfAbsent(act, entry);
      if (first != null) {
        findings.add(
            entry.finding(
                Code.E_EQUIVOCATION, "the same run and attempt also made '" + first.id() + "'"));
      }
    }
  }

  /**
   * An execution executes the selected tree of a run that came before it; an outcome is of a run.
   */
  static void checkSubjects(EntryGraph graph, Findings findings) {
    for (Entry entry : graph.entries()) {
      switch (entry.body()) {
        case Body.Execution execution -> checkExecution(graph, entry, execution, findings);
        case Body.Outcome outcome ->
            graph
                .find(outcome.entry())
                .filter(subject -> !(subject.body() instanceof Body.Run))
                .ifPresent(_ -> findings.add(noRun(entry, outcome.entry())));
        case Body.Genesis _, Body.Run _, Body.Key _ -> {}
      }
    }
  }

  private static void checkExecution(
      EntryGraph graph, Entry entry, Body.Execution execution, Findings findings) {
    boolean ancestor = graph.isAncestor(execution.entry(), entry);
    Optional<Body.Run> run =
        graph
            .find(execution.entry())
            .filter(_ -> ancestor)
            .flatMap(
                subject ->
                    subject.body() instanceof Body.Run decided
                        ? Optional.of(decided)
                        : Optional.empty());
    if (run.isEmpty()) {
      findings.add(noRun(entry, execution.entry()));
    } else if (!execution.tree().equals(run.get().decision().tree())) {
      findings.add(
          entry.finding(
              Code.E_PROFILE,
              "it executes tree '"
                  + execution.tree()
                  + "', the run entry selected '"
                  + run.get().decision().tree()
                  + "'"));
    }
  }

  private static Finding noRun(Entry entry, String subject) {
    return entry.finding(
        Code.E_PROFILE, "it names '" + subject + "', which is no run entry before it");
  }
}
