package dev.optr.ledger;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A ledger as a table (RFC 4180), one row per entry, with the columns of docs/in-toto.md. A cell
 * that a spreadsheet would take for a formula gets an apostrophe before it.
 */
public final class LedgerCsv {
  private static final List<String> COLUMNS =
      List.of(
          "entry",
          "type",
          "time",
          "height",
          "repository",
          "pull_request",
          "head",
          "run_id",
          "attempt",
          "event",
          "workflow",
          "actor",
          "outcome",
          "selected",
          "tree",
          "selector",
          "lanes",
          "input",
          "policy",
          "about",
          "commit",
          "keys",
          "parents",
          "container",
          "line");
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");

  private LedgerCsv() {}

  /** What differs by the type of an entry; empty where it has none. */
  private record Cells(
      @Nullable PullRequestRef pr,
      @Nullable WorkflowRun run,
      @Nullable Decision decision,
      String outcome,
      String tree,
      String about,
      String commit) {}

  /** Names of the columns. */
  public static String header() {
    return row(COLUMNS);
  }

  /** One entry. */
  public static String row(Entry entry) {
    Cells cells = cells(entry.body());
    Body.Common common = entry.body().common();
    PullRequestRef pr = cells.pr();
    WorkflowRun run = cells.run();
    Decision decision = cells.decision();
    return row(
        List.of(
            entry.id(),
            type(entry.body()),
            common.time().toString(),
            String.valueOf(common.height()),
            common.repo().host() + "/" + common.repo().name(),
            pr == null ? "" : String.valueOf(pr.number()),
            pr == null ? "" : pr.head(),
            run == null ? "" : String.valueOf(run.id()),
            run == null ? "" : String.valueOf(run.attempt()),
            run == null ? "" : run.event(),
            run == null ? "" : run.workflow(),
            run == null ? "" : run.actor(),
            cells.outcome(),
            decision == null ? "" : orEmpty(decision.selected()),
            cells.tree(),
            decision == null ? "" : decision.selector(),
            decision == null ? "" : lanes(decision),
            decision == null ? "" : decision.input(),
            decision == null ? "" : decision.policy(),
            cells.about(),
            cells.commit(),
            keys(entry),
            String.join(" ", common.parents()),
            entry.container(),
            String.valueOf(entry.lineNumber())));
  }

  private static Cells cells(Body body) {
    return switch (body) {
      case Body.Run run ->
          new Cells(
              run.pr(),
              run.run(),
              run.decision(),
              run.decision().outcome(),
              orEmpty(run.decision().tree()),
              "",
              "");
      case Body.Execution execution ->
          new Cells(
              execution.pr(),
              execution.run(),
              null,
              "",
              execution.tree(),
              execution.entry(),
              execution.head());
      case Body.Outcome outcome ->
          new Cells(
              outcome.pr(),
              outcome.run(),
              null,
              outcome.result(),
              "",
              outcome.entry(),
              orEmpty(outcome.commit()));
      case Body.Genesis _, Body.Key _ -> new Cells(null, null, null, "", "", "", "");
    };
  }

  private static String type(Body body) {
    return switch (body) {
      case Body.Genesis _ -> "genesis";
      case Body.Run _ -> "run";
      case Body.Execution _ -> "execution";
      case Body.Outcome _ -> "outcome";
      case Body.Key _ -> "key";
    };
  }

  private static String lanes(Decision decision) {
    return decision.lanes().stream()
        .map(lane -> lane.agent() + ":" + lane.outcome())
        .collect(Collectors.joining(" "));
  }

  private static String keys(Entry entry) {
    return entry.signatures().stream()
        .map(EntrySignature::key)
        .filter(key -> !key.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String row(List<String> cells) {
    return cells.stream().map(LedgerCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
