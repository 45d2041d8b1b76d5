package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.workflow.Workflow.Isolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

final class ProgramPolicyTest {
  @Test
  void neverRunsInActionsAndSaysWhatElseToDo() {
    assertThat(ProgramPolicy.inActions())
        .isInstanceOfSatisfying(
            ProgramPolicy.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("only where the job's token cannot write contents")
                    .contains("another type or backend"));
  }

  @Test
  void runsOnTheUsersMachineOnceIsolationIsGivenUp() {
    assertThat(ProgramPolicy.local(Isolation.OFF)).isEqualTo(new ProgramPolicy.Run());
  }

  @ParameterizedTest
  @NullSource
  @EnumSource(names = "OFF", mode = EnumSource.Mode.EXCLUDE)
  void doesNotRunOtherwise(@org.jspecify.annotations.Nullable Isolation isolation) {
    assertThat(ProgramPolicy.local(isolation))
        .isInstanceOfSatisfying(
            ProgramPolicy.Refused.class,
            refused -> assertThat(refused.reason()).contains("'isolation: off'"));
  }
}
