package dev.optr.app;

import dev.optr.actions.WorkflowCommands;
import java.util.List;
import java.util.stream.Collectors;

/** Says what was written down of what became of decisions. */
final class OutcomeReport {
  private OutcomeReport() {}

  static ActionResult of(OutcomeRecorder.Result result, WorkflowCommands log) {
    return switch (result) {
      case OutcomeRecorder.Result.Recorded(List<OutcomeRecorder.Became> became) -> {
        String sentence =
            became.stream()
                .map(OutcomeRecorder.Became::sentence)
                .collect(Collectors.joining(", ", "recorded on '" + SideBranch.NAME + "': ", ""));
        log.notice(sentence);
        yield ActionResult.of("recorded", ExitCode.OK, sentence + "\n");
      }
      case OutcomeRecorder.Result.NothingNew _ -> {
        log.notice("there is no decision that anything new became of; nothing was recorded");
        yield ActionResult.skipped();
      }
      case OutcomeRecorder.Result.Refused(String reason) -> {
        String sentence = "'%s' may not be written: %s".formatted(SideBranch.NAME, reason);
        log.error(sentence);
        yield ActionResult.of("failed", ExitCode.SERVICE_FAILED, sentence + "\n");
      }
    };
  }
}
