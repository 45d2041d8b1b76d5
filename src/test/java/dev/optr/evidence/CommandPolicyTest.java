package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.workflow.Workflow.Isolation;
import org.junit.jupiter.api.Test;

final class CommandPolicyTest {
  @Test
  void runsNothingInActionsUnlessIsolationIsGivenUp() {
    assertThat(CommandPolicy.inActions(Isolation.OFF)).isEqualTo(new CommandPolicy.Run());
    assertThat(CommandPolicy.inActions(null)).isInstanceOf(CommandPolicy.Unknown.class);
    assertThat(CommandPolicy.inActions(Isolation.BEST_EFFORT))
        .isInstanceOf(CommandPolicy.Unknown.class);
    assertThat(CommandPolicy.inActions(Isolation.REQUIRED))
        .isInstanceOfSatisfying(
            CommandPolicy.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("'isolation: off'"));
  }

  @Test
  void runsOnTheUsersMachineUnlessIsolationIsRequired() {
    assertThat(CommandPolicy.local(null)).isEqualTo(new CommandPolicy.Run());
    assertThat(CommandPolicy.local(Isolation.BEST_EFFORT)).isEqualTo(new CommandPolicy.Run());
    assertThat(CommandPolicy.local(Isolation.OFF)).isEqualTo(new CommandPolicy.Run());
    assertThat(CommandPolicy.local(Isolation.REQUIRED)).isInstanceOf(CommandPolicy.Unknown.class);
  }
}
