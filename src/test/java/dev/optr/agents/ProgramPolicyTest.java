package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.isolation.Isolation;
import dev.optr.isolation.Level;
import dev.optr.workflow.Workflow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProgramPolicyTest {
  private static final Isolation NOTHING = Isolation.none("this kernel has nothing");

  @Test
  void neverRunsInActionsAndSaysWhyAndWhatElseToDo() {
    assertThat(ProgramPolicy.inActions())
        .isInstanceOfSatisfying(
            ProgramPolicy.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("only where the job's token cannot write contents")
                    .contains("this job's can", "'optr run'", "another type or backend"));
  }

  @ParameterizedTest
  @EnumSource(names = {"BEST_EFFORT", "OFF"})
  void runsUnconfinedWhereNothingIsIsolatedAndThatIsAllowed(Workflow.Isolation wanted) {
    ProgramPolicy policy = ProgramPolicy.of(wanted, NOTHING);
    assertThat(policy).isEqualTo(new ProgramPolicy.Unconfined("this kernel has nothing"));
    assertThat(policy.shown()).isEqualTo("none (this kernel has nothing)");
  }

  @Test
  void doesNotRunWhereIsolationIsRequiredAndMissing() {
    assertThat(ProgramPolicy.of(Workflow.Isolation.REQUIRED, NOTHING))
        .isInstanceOfSatisfying(
            ProgramPolicy.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("this kernel has nothing", "'isolation: best-effort'")
                    .contains("'isolation: off'"));
  }

  @Test
  void namesWhatIsMissingWhereIsolationIsRequiredAndPartial() {
    Level partial = new Level.Partial(List.of("TCP", "UDP"));
    assertThat(ProgramPolicy.refusal(Workflow.Isolation.REQUIRED, partial))
        .hasValueSatisfying(reason -> assertThat(reason).contains("partial(TCP, UDP)"));
    assertThat(ProgramPolicy.refusal(Workflow.Isolation.BEST_EFFORT, partial)).isEmpty();
    assertThat(ProgramPolicy.refusal(Workflow.Isolation.REQUIRED, new Level.Full())).isEmpty();
  }
}
