package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries about an earlier decision: executions and outcomes. */
final class SubjectEntriesTest {
  private final LedgerAppender appender =
      new LedgerAppender(
          new LedgerVerifier(), Layout.PER_PR, Optional.of(Keys.CI_1), Optional.empty());
  private final Receipt decided =
      LedgerAppenderTest.receipt(
          appender.append(List.of(), List.of(), Samples.pullRequest(7, 1), Samples.NOON));
  private final List<Container> ledger = List.of(decided.container());

  @Test
  void appendsAnExecutionOfTheSelectedTree() {
    Receipt executed = append(execution(decided.entryId(), Samples.TREE));

    JsonObject body = Forge.parse(executed.newLines().getFirst().utf8()).object("body");
    assertThat(body.text("type")).isEqualTo("execution");
    assertThat(body.text("entry")).isEqualTo(decided.entryId());
    assertThat(body.get("parents")).isEqualTo(Json.texts(List.of(decided.entryId())));
    assertThat(executed.containerBytes().utf8()).startsWith(decided.containerBytes().utf8());
    assertThat(executed.size()).isEqualTo(3);
  }

  @Test
  void refusesToExecuteAnythingElse() {
    assertThat(codes(execution(decided.entryId(), "9".repeat(40)))).containsExactly(Code.E_PROFILE);
    assertThat(codes(execution("0".repeat(64), Samples.TREE))).containsExactly(Code.E_PROFILE);
    assertThat(codes(execution(decided.genesisId(), Samples.TREE))).containsExactly(Code.E_PROFILE);
  }

  @Test
  void refusesASecondExecutionByTheSameRun() {
    List<Container> executed =
        List.of(append(execution(decided.entryId(), Samples.TREE)).container());

    assertThat(
            codes(
                appender.append(
                    executed,
                    List.of(),
                    execution(decided.entryId(), Samples.TREE),
                    Samples.NOON.plusSeconds(5))))
        .containsExactly(Code.E_EQUIVOCATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"merged", "closed", "reverted"})
  void appendsWhatBecameOfADecision(String result) {
    @Nullable String commit = result.equals("closed") ? null : "c".repeat(40);
    Receipt told = append(outcome(decided.entryId(), result, commit));

    JsonObject body = Forge.parse(told.newLines().getFirst().utf8()).object("body");
    assertThat(body.text("result")).isEqualTo(result);
    assertThat(body.text("commit")).isEqualTo(commit);
    assertThat(told.heads()).containsExactly(told.entryId());
  }

  @Test
  void refusesAnOutcomeOfWhatIsNoDecision() {
    assertThat(codes(outcome(decided.genesisId(), "merged", null))).containsExactly(Code.E_PROFILE);
    assertThatThrownBy(() -> append(outcome(decided.entryId(), "forgotten", null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void startsNoLedgerForThem() {
    for (LedgerEvent event :
        List.of(
            execution(decided.entryId(), Samples.TREE),
            outcome(decided.entryId(), "closed", null))) {
      assertThatThrownBy(() -> appender.append(List.of(), List.of(), event, Samples.NOON))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no ledger");
    }
  }

  private LedgerEvent execution(String entry, String tree) {
    RunEvent run = Samples.pullRequest(7, 2);
    return new ExecutionEvent(
        run.repo(), run.pr(), run.run(), entry, Samples.HEAD, tree, run.tool());
  }

  private LedgerEvent outcome(String entry, String result, @Nullable String commit) {
    RunEvent run = Samples.pullRequest(7, 3);
    return new OutcomeEvent(run.repo(), run.pr(), run.run(), entry, result, commit, run.tool());
  }

  private Receipt append(LedgerEvent event) {
    return LedgerAppenderTest.receipt(appender.append(ledger, List.of(), event, Samples.NOON));
  }

  private List<Code> codes(LedgerEvent event) {
    return codes(appender.append(ledger, List.of(), event, Samples.NOON));
  }

  private static List<Code> codes(AppendResult result) {
    return switch (result) {
      case Receipt receipt -> throw new AssertionError("not refused: " + receipt);
      case AppendResult.Refused(Verification verification) ->
          verification.findings().stream().map(Finding::code).toList();
    };
  }
}
