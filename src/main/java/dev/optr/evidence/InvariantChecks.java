package dev.optr.evidence;

import dev.optr.workflow.Invariant;
import java.util.List;

/** Turns what a command did into a check, with the reasons that it gives against a path. */
final class InvariantChecks {
  private static final int LONGEST_EVIDENCE = 300;

  private InvariantChecks() {}

  /**
   * @param frozen the same command on the frozen commit
   */
  static Finding ofCandidate(
      Invariant invariant, Attempts attempts, Attempts frozen, String repeat) {
    CommandOutcome outcome = CommandOutcome.of(invariant, attempts.result(), frozen.result());
    return switch (attempts.result()) {
      case CommandResult.NotStarted(String reason) -> Finding.unknown(invariant.id(), reason);
      case CommandResult.Told _ -> throw told();
      case CommandResult.Ended ended ->
          finding(
              new Check(
                  invariant.id(),
                  outcome.result(),
                  outcome.because(),
                  attempts.durationMs(),
                  command(ended, attempts),
                  repeat,
                  frozen.result().failed()),
              ended);
    };
  }

  /** On the frozen commit itself, a broken check was broken before. */
  static Finding ofFrozen(Invariant invariant, Attempts attempts, String repeat) {
    return ofCandidate(invariant, attempts, attempts, repeat);
  }

  /**
   * A check that held on the path's own tree, together with the same command where frozen tests
   * took the place of those that the path changed: both must hold.
   *
   * @param files the tests that were put back
   */
  static Finding withFrozenTests(
      Invariant invariant, Finding own, List<String> files, Attempts attempts, Attempts frozen) {
    Check check = own.check();
    Check.Command command = check.command();
    if (command == null) {
      throw new IllegalStateException("a command that held has run");
    }
    return switch (attempts.result()) {
      case CommandResult.NotStarted(String reason) -> Finding.unknown(invariant.id(), reason);
      case CommandResult.Told _ -> throw told();
      case CommandResult.Ended ended -> {
        CommandOutcome outcome = CommandOutcome.of(invariant, ended, frozen.result());
        yield finding(
            new Check(
                check.id(),
                outcome.result(),
                outcome.because().stream()
                    .map(reason -> reason(reason, files) + hint(command, ended))
                    .toList(),
                check.durationMs() + attempts.durationMs(),
                with(command, new Check.FrozenTests(files, command(ended, attempts))),
                check.repeat(),
                check.brokenBefore()),
            ended);
      }
    };
  }

  private static IllegalStateException told() {
    return new IllegalStateException("a job of somebody else's is no command that was run here");
  }

  static String reason(String reason, List<String> files) {
    return "with the frozen version of the tests that it changed ('%s'%s): %s"
        .formatted(files.getFirst(), files.size() > 1 ? " and others" : "", reason);
  }

  /** A path may well change what old tests call; nobody but people can say that it may. */
  private static String hint(Check.Command own, CommandResult.Ended withFrozenTests) {
    if (!withFrozenTests.failed() || withFrozenTests.ranTests()) {
      return "";
    }
    return own.tests() == null
        ? "; they fail, or do not compile against what the path changed"
        : "; no test ran, as where they do not compile against what the path changed";
  }

  private static Check.Command command(CommandResult.Ended ended, Attempts attempts) {
    Check.Command command = ended.command();
    return new Check.Command(
        command.exitCode(),
        command.timedOut(),
        command.outputTail(),
        ended.tests() instanceof TestReading.Counted(CountedTests tests) ? tests.totals() : null,
        attempts.count(),
        attempts.flaky(),
        null);
  }

  private static Check.Command with(Check.Command command, Check.FrozenTests frozenTests) {
    return new Check.Command(
        command.exitCode(),
        command.timedOut(),
        command.outputTail(),
        command.tests(),
        command.attempts(),
        command.flaky(),
        frozenTests);
  }

  private static Finding finding(Check check, CommandResult.Ended ended) {
    String evidence = check.held() ? "" : lastInformativeLine(ended.command().outputTail());
    return Finding.of(check, "'" + check.id() + "'", evidence);
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
