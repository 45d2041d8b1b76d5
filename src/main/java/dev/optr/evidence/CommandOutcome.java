package dev.optr.evidence;

import dev.optr.evidence.Check.Result;
import dev.optr.workflow.Invariant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run of a command says. Exit code and tests count both: exit 0 with a failed test is
 * broken, and so is any other exit code with none. A timeout is broken only where the frozen commit
 * finished within the limit, since otherwise nobody knows what the path has to do with it.
 *
 * @param because why it is not held; empty where it is
 */
record CommandOutcome(Result result, List<String> because) {
  CommandOutcome {
    because = List.copyOf(because);
  }

  /**
   * @param frozen the same command on the frozen commit
   */
  static CommandOutcome of(Invariant invariant, CommandResult result, CommandResult frozen) {
    return switch (result) {
      case CommandResult.NotStarted(String reason) -> unknown(reason);
      case CommandResult.Told told -> told(invariant, told, frozen);
      case CommandResult.Ended ended when !ended.finished() -> timeout(invariant, frozen);
      case CommandResult.Ended ended when ended.unavailable() -> unavailable(invariant, ended);
      case CommandResult.Ended ended ->
          switch (invariant.must()) {
            case HOLD -> hold(invariant, ended);
            case NOT_WORSEN -> notWorsen(invariant, ended, frozen);
          };
    };
  }

  private static CommandOutcome told(
      Invariant invariant, CommandResult.Told told, CommandResult frozen) {
    return switch (told.outcome()) {
      case HELD -> held();
      case BROKEN -> told.finished() ? broken(List.of(told.because())) : timeout(invariant, frozen);
      case UNKNOWN, NOT_RUN -> unknown(told.because());
    };
  }

  private static CommandOutcome timeout(Invariant invariant, CommandResult frozen) {
    String late = "did not finish within " + invariant.timeout().toSeconds() + " s";
    return frozen.finished()
        ? broken(List.of(late + ", the frozen commit did"))
        : unknown(late + ", nor did the frozen commit; raise its 'timeout'");
  }

  private static CommandOutcome unavailable(Invariant invariant, CommandResult.Ended ended) {
    return unknown(
        exit(ended)
            + ": a program was not found or cannot be executed where checks run; install it"
            + " there, or correct 'run' of '"
            + invariant.id()
            + "'");
  }

  private static CommandOutcome hold(Invariant invariant, CommandResult.Ended ended) {
    List<String> reasons = new ArrayList<>();
    if (!ended.succeeded()) {
      reasons.add(exit(ended));
    }
    if (ended.tests() instanceof TestReading.Counted(CountedTests tests)) {
      reasons.addAll(TestNames.failed(tests));
    }
    if (!reasons.isEmpty()) {
      return broken(reasons);
    }
    return switch (ended.tests()) {
      case TestReading.Unreadable(String reason) -> uncounted(reason);
      case TestReading.Counted(CountedTests tests)
          when tests.executed() == 0 && invariant.junit() != null ->
          noTest(invariant, "");
      case TestReading.Counted _ -> held();
      case TestReading.Nothing _ -> invariant.junit() == null ? held() : noTest(invariant, "");
    };
  }

  private static CommandOutcome notWorsen(
      Invariant invariant, CommandResult.Ended ended, CommandResult frozen) {
    return switch (frozen) {
      case CommandResult.NotStarted(String reason) -> unknown("the frozen commit: " + reason);
      case CommandResult.Told _ -> unknown(JobOutcome.NO_TESTS);
      case CommandResult.Ended before when !before.finished() || before.unavailable() ->
          unknown("it did not come to an end on the frozen commit, so there is nothing to compare");
      case CommandResult.Ended before ->
          switch (before.tests()) {
            case TestReading.Counted(CountedTests tests) when tests.executed() > 0 ->
                notWorsen(invariant, ended, before, tests);
            case TestReading.Unreadable(String reason) ->
                uncounted(reason + " (on the frozen commit)");
            case TestReading.Counted _, TestReading.Nothing _ ->
                noTest(invariant, " on the frozen commit, so there is nothing to compare");
          };
    };
  }

  private static CommandOutcome notWorsen(
      Invariant invariant,
      CommandResult.Ended ended,
      CommandResult.Ended frozen,
      CountedTests before) {
    List<String> reasons = new ArrayList<>();
    if (!ended.succeeded() && frozen.succeeded()) {
      reasons.add(exit(ended) + ", the frozen commit exits with 0");
    }
    if (ended.tests() instanceof TestReading.Unreadable(String reason)) {
      return reasons.isEmpty() ? uncounted(reason) : broken(reasons);
    }
    CountedTests now =
        ended.tests() instanceof TestReading.Counted(CountedTests tests)
            ? tests
            : CountedTests.NONE;
    if (now.executed() == 0 && ended.succeeded()) {
      return noTest(invariant, ", though it was on the frozen commit");
    }
    reasons.addAll(TestNames.worse(now, before));
    return reasons.isEmpty() ? held() : broken(reasons);
  }

  private static CommandOutcome noTest(Invariant invariant, String where) {
    String pattern = invariant.junit();
    return unknown(
        pattern == null
            ? "no test was counted"
                + where
                + "; have the command print TAP or 'go test -json', or name its JUnit XML reports"
                + " in 'junit'"
            : "no test was executed"
                + where
                + ": no report that '"
                + pattern
                + "' names holds one that ran; correct 'junit', or have the command write reports");
  }

  private static CommandOutcome uncounted(String reason) {
    return unknown("its tests cannot be counted: " + reason);
  }

  private static String exit(CommandResult.Ended ended) {
    return "exit code " + ended.command().exitCode();
  }

  private static CommandOutcome held() {
    return new CommandOutcome(Result.HELD, List.of());
  }

  private static CommandOutcome broken(List<String> because) {
    return new CommandOutcome(Result.BROKEN, because);
  }

  private static CommandOutcome unknown(String because) {
    return new CommandOutcome(Result.UNKNOWN, List.of(because));
  }
}
