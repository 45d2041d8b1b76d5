package dev.optr.app;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one step of the Action tells the runner.
 *
 * @param outputs as {@code action.yml} names them
 * @param summary Markdown for the step summary
 */
record ActionResult(ExitCode exit, Map<String, String> outputs, Optional<String> summary) {
  ActionResult {
    outputs = Map.copyOf(outputs);
  }

  /** Nothing was to be done. */
  static ActionResult skipped() {
    return new ActionResult(ExitCode.OK, Map.of("outcome", "skipped"), Optional.empty());
  }

  static ActionResult of(String outcome, ExitCode exit, String summary) {
    return new ActionResult(exit, Map.of("outcome", outcome), Optional.of(summary));
  }

  /** The same with another outcome. */
  ActionResult as(String outcome, ExitCode code) {
    return with("outcome", outcome).exiting(code);
  }

  /** The same with more in its summary; its outcome stays where there is one. */
  ActionResult saying(String instead, String more) {
    boolean skipped = "skipped".equals(outputs.get("outcome"));
    ActionResult said = new ActionResult(exit, outputs, Optional.of(summary.orElse("") + more));
    return skipped ? said.with("outcome", instead) : said;
  }

  /** The same with another exit code. */
  ActionResult exiting(ExitCode code) {
    return new ActionResult(code, outputs, summary);
  }

  /** An output that stays unset where its value is null. */
  ActionResult withKnown(String output, @Nullable String value) {
    return value == null ? this : with(output, value);
  }

  ActionResult with(String output, String value) {
    Map<String, String> more = new TreeMap<>(outputs);
    more.put(output, value);
    return new ActionResult(exit, more, summary);
  }
}
