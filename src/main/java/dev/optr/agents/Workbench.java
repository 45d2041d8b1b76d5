package dev.optr.agents;

import dev.optr.base.JsonObject;
import dev.optr.git.Edit;
import dev.optr.git.TreeResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does what a model's calls want, until one of them is its last word: a path that applies, or a
 * reason to do nothing. Whatever is wrong with a call comes back as an error that says how to mend
 * it.
 */
final class Workbench {
  private static final int MOST_EMPTY = 2;
  // Each answer may have 64 KiB, and all of them go into the next request.
  private static final int MOST_READ = 32;
  private static final String SUBMITTING = "submitting a path";

  private final Question question;
  private final Toolbox toolbox;
  private int empty;

  Workbench(Question question, InstantSource clock) {
    this.question = question;
    this.toolbox = new Toolbox(question.tree(), clock, Runtime.getRuntime().availableProcessors());
  }

  /** What came of the calls of one turn. */
  sealed interface Reaction {}

  /**
   * @param results one per call
   * @param understood false where no call named a tool with arguments that it takes
   * @param doing for a progress line
   */
  record Results(List<ToolResult> results, boolean understood, String doing) implements Reaction {
    Results {
      results = List.copyOf(results);
    }
  }

  /** The lane ends. */
  sealed interface LastWord extends Reaction {}

  record Path(Proposal proposal) implements LastWord {}

  record Nothing(String reason) implements LastWord {}

  record Useless(FailureCode code, String message) implements LastWord {}

  Reaction react(List<ToolCall> calls) throws InterruptedException {
    long lastWords = calls.stream().filter(call -> Submission.isLastWord(call.name())).count();
    List<ToolResult> results = new ArrayList<>();
    String doing = SUBMITTING;
    boolean understood = false;
    int read = 0;
    for (ToolCall call : calls) {
      @Nullable JsonObject arguments = Submission.arguments(call.arguments()).orElse(null);
      if (arguments == null) {
        results.add(error(call, "the arguments are no JSON object"));
      } else if (Toolbox.reads(call.name()) && read == MOST_READ) {
        results.add(error(call, "at most " + MOST_READ + " are read at once; call again"));
      } else if (Toolbox.reads(call.name())) {
        read++;
        ToolAnswer answer = toolbox.call(call.name(), arguments);
        results.add(new ToolResult(call.id(), answer.text(), answer.error()));
        doing = answer.doing();
        understood = true;
      } else if (!Submission.isLastWord(call.name())) {
        results.add(error(call, unknown(call.name())));
      } else if (lastWords > 1) {
        results.add(error(call, "call submit_path or decline, one of them and only once"));
      } else {
        switch (submit(call, arguments)) {
          case LastWord over -> {
            return over;
          }
          case Results(List<ToolResult> mend, boolean meant, _) -> {
            results.addAll(mend);
            understood |= meant;
          }
        }
      }
    }
    return new Results(results, understood, doing);
  }

  private Reaction submit(ToolCall call, JsonObject arguments) {
    return switch (Submission.read(call.name(), arguments)) {
      case Submission.Declined(String reason) -> new Nothing(reason);
      case Submission.Submitted(Proposal proposal, List<Edit> edits) ->
          tried(call, proposal, edits);
      case Submission.Wrong(FailureCode code, String message) ->
          code == FailureCode.EMPTY
              ? changesNothing(call, message)
              : new Results(List.of(error(call, message)), false, SUBMITTING);
    };
  }

  private Reaction tried(ToolCall call, Proposal proposal, List<Edit> edits) {
    return switch (question.trees().apply(question.tree(), edits)) {
      case TreeResult.Rejected(List<String> errors) ->
          mend(
              call,
              "nothing was taken over; these edits do not apply:\n" + String.join("\n", errors));
      case TreeResult.Applied applied ->
          applied.tree().equals(question.tree().tree())
              ? changesNothing(call, "the edits change nothing")
              : new Path(proposal);
    };
  }

  private Reaction changesNothing(ToolCall call, String message) {
    empty++;
    return empty < MOST_EMPTY
        ? mend(call, message + "; submit a change, or call decline with the reason")
        : new Useless(FailureCode.EMPTY, message);
  }

  private static Results mend(ToolCall call, String message) {
    return new Results(List.of(error(call, message)), true, SUBMITTING);
  }

  private static ToolResult error(ToolCall call, String message) {
    return new ToolResult(call.id(), message, true);
  }

  private static String unknown(String name) {
    return "there is no tool '%s'; there are %s"
        .formatted(
            Members.brief(name),
            String.join(", ", Toolbox.tools().stream().map(Tool::name).toList()));
  }
}
