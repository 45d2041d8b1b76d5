package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.report.Shown;
import java.util.List;
import java.util.Locale;

/**
 * What came of decisions that were made again.
 *
 * @param genesis id of the ledger
 */
record ReplayReport(String genesis, List<Replayed> replayed) {
  ReplayReport {
    replayed = List.copyOf(replayed);
  }

  /** One that differs weighs more than one that nobody can decide here. */
  ExitCode exit() {
    if (replayed.stream().anyMatch(Replayed.Differs.class::isInstance)) {
      return ExitCode.TAMPERED;
    }
    return replayed.stream().anyMatch(Replayed.Undecided.class::isInstance)
        ? ExitCode.UNDECIDED
        : ExitCode.OK;
  }

  /** A line for each decision, what differs below it, and the sum. */
  String text() {
    StringBuilder out = new StringBuilder();
    replayed.forEach(one -> append(out, one));
    return out.append(conclusion()).append('\n').toString();
  }

  private static void append(StringBuilder out, Replayed replayed) {
    Replayed.Decided decided = replayed.decided();
    String what =
        decided.agent() == null
            ? decided.outcome()
            : "%s %s".formatted(decided.outcome(), decided.agent());
    String about = decided.pullRequest() == null ? "" : " (#%d)".formatted(decided.pullRequest());
    line(out, "%s %s %s%s".formatted(word(replayed), decided.entry(), what, about));
    switch (replayed) {
      case Replayed.Equal _ -> {}
      case Replayed.Differs(_, ReplayStep step, List<String> differences) ->
          differences.forEach(it -> line(out, "at %s: %s".formatted(step.text(), it)));
      case Replayed.Undecided(_, String reason) -> line(out, "because " + reason);
    }
  }

  private static void line(StringBuilder out, String text) {
    out.append(Shown.line(text)).append('\n');
  }

  private static String word(Replayed replayed) {
    return switch (replayed) {
      case Replayed.Equal _ -> "equal";
      case Replayed.Differs _ -> "differs";
      case Replayed.Undecided _ -> "undecided";
    };
  }

  private String conclusion() {
    long differing = replayed.stream().filter(Replayed.Differs.class::isInstance).count();
    long open = replayed.stream().filter(Replayed.Undecided.class::isInstance).count();
    String all = String.format(Locale.ROOT, "%,d", replayed.size());
    return switch (exit()) {
      case TAMPERED -> "DIFFERS: %d of %s decisions".formatted(differing, all);
      case UNDECIDED -> "UNDECIDED: %d of %s decisions".formatted(open, all);
      default -> "EQUAL: %s %s".formatted(all, replayed.size() == 1 ? "decision" : "decisions");
    };
  }

  /**
   * {@code {genesis, decisions: [{entry, pullRequest, outcome, agent, tree, result, step,
   * differences}], exit}}: result is {@code equal}, {@code differs} or {@code undecided}; step is
   * null but where it differs; differences has why nothing can be decided, too.
   */
  JsonObject document() {
    return Json.object()
        .put("genesis", genesis)
        .put("decisions", Json.array(replayed.stream().map(ReplayReport::document).toList()))
        .put("exit", exit().code())
        .build();
  }

  private static JsonObject document(Replayed replayed) {
    Replayed.Decided decided = replayed.decided();
    return Json.object()
        .put("entry", decided.entry())
        .put(
            "pullRequest",
            decided.pullRequest() == null ? Json.NULL : Json.number(decided.pullRequest()))
        .put("outcome", decided.outcome())
        .put("agent", decided.agent())
        .put("tree", decided.tree())
        .put("result", word(replayed))
        .put("step", replayed instanceof Replayed.Differs it ? it.step().text() : null)
        .put("differences", Json.texts(differences(replayed)))
        .build();
  }

  private static List<String> differences(Replayed replayed) {
    return switch (replayed) {
      case Replayed.Equal _ -> List.of();
      case Replayed.Differs(_, _, List<String> differences) -> differences;
      case Replayed.Undecided(_, String reason) -> List.of(reason);
    };
  }
}
