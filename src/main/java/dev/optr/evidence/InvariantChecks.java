package dev.optr.evidence;

import dev.optr.evidence.Check.Result;
import dev.optr.workflow.Invariant;
import java.util.List;
import java.util.Optional;

/**
 * Turns what a command did into a check: exit 0 holds, any other is broken, a program that is not
 * there is unknown. A timeout is broken only where the frozen commit finished within the limit,
 * since otherwise nobody knows what the path has to do with it.
 */
final class InvariantChecks {
  private static final int LONGEST_EVIDENCE = 300;

  private InvariantChecks() {}

  /**
   * @param frozen the same command on the frozen commit
   */
  static Finding ofCandidate(
      Invariant invariant, CommandResult result, CommandResult frozen, String repeat) {
    return switch (result) {
      case CommandResult.NotStarted(String reason) -> Finding.unknown(invariant.id(), reason);
      case CommandResult.Ended ended ->
          finding(
              invariant, ended, outcome(invariant, ended, frozen), repeat, failedBefore(frozen));
    };
  }

  /** On the frozen commit itself, a broken check was broken before. */
  static Finding ofFrozen(Invariant invariant, CommandResult result, String repeat) {
    return switch (result) {
      case CommandResult.NotStarted(String reason) -> Finding.unknown(invariant.id(), reason);
      case CommandResult.Ended ended ->
          finding(invariant, ended, outcome(invariant, ended, ended), repeat, failedBefore(ended));
    };
  }

  private record Outcome(Result result, List<String> because) {}

  private static Outcome outcome(
      Invariant invariant, CommandResult.Ended ended, CommandResult frozen) {
    if (!ended.finished()) {
      return timeout(invariant, frozen);
    }
    if (ended.succeeded()) {
      return new Outcome(Result.HELD, List.of());
    }
    String exit = "exit code " + ended.command().exitCode();
    return ended.unavailable()
        ? new Outcome(
            Result.UNKNOWN,
            List.of(
                exit
                    + ": a program was not found or cannot be executed where checks run; install it"
                    + " there, or correct 'run' of '"
                    + invariant.id()
                    + "'"))
        : new Outcome(Result.BROKEN, List.of(exit));
  }

  private static Outcome timeout(Invariant invariant, CommandResult frozen) {
    String late = "did not finish within " + invariant.timeout().toSeconds() + " s";
    return frozen instanceof CommandResult.Ended before && before.finished()
        ? new Outcome(Result.BROKEN, List.of(late + ", the frozen commit did"))
        : new Outcome(
            Result.UNKNOWN, List.of(late + ", nor did the frozen commit; raise its 'timeout'"));
  }

  private static boolean failedBefore(CommandResult frozen) {
    return frozen instanceof CommandResult.Ended before && before.failed();
  }

  private static Finding finding(
      Invariant invariant,
      CommandResult.Ended ended,
      Outcome outcome,
      String repeat,
      boolean brokenBefore) {
    Check check =
        new Check(
            invariant.id(),
            outcome.result(),
            outcome.because(),
            ended.durationMs(),
            ended.command(),
            repeat,
            brokenBefore);
    return new Finding(check, whyNot(check, ended.command().outputTail()));
  }

  private static List<WhyNot> whyNot(Check check, String output) {
    Optional<WhyNot.Code> code =
        switch (check.result()) {
          case HELD, NOT_RUN -> Optional.empty();
          case BROKEN -> Optional.of(WhyNot.Code.INVARIANT_VIOLATION);
          case UNKNOWN -> Optional.of(WhyNot.Code.MISSING_CANON_PREREQS);
        };
    return code
        .map(
            given ->
                new WhyNot(
                    given,
                    check.id(),
                    "'" + check.id() + "': " + String.join("; ", check.because()),
                    lastInformativeLine(output)))
        .stream()
        .toList();
  }

  /** The last line of the output that says something, cut where it is very long. */
  private static String lastInformativeLine(String output) {
    String line =
        output
            .lines()
            .filter(InvariantChecks::isInformative)
            .reduce((_, later) -> later)
            .map(String::strip)
            .orElse("");
    int codePoints = Math.min(LONGEST_EVIDENCE, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, codePoints));
  }

  private static boolean isInformative(String line) {
    return line.codePoints().anyMatch(Character::isLetterOrDigit);
  }
}
