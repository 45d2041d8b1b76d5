package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.isolation.Level;
import dev.optr.workflow.Workflow.Isolation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandPolicyTest {
  private static final Level FULL = new Level.Full();
  private static final Level PARTIAL = new Level.Partial(List.of("UDP"));
  private static final Level NONE = new Level.None("isolation needs Linux, this is 'Mac OS X'");

  @Test
  void runsNothingWhereRequiredIsolationIsNotFull() {
    assertThat(CommandPolicy.of(Isolation.REQUIRED, FULL)).isEqualTo(new CommandPolicy.Run());
    assertThat(unknown(PARTIAL)).contains("partial(UDP)").contains("'isolation: off'");
    assertThat(unknown(NONE)).contains("Mac OS X").contains("'isolation: best-effort'");
  }

  @Test
  void runsWhateverIsReachedWhereTheFileGivesItUp() {
    for (Level level : List.of(FULL, PARTIAL, NONE)) {
      assertThat(CommandPolicy.of(Isolation.BEST_EFFORT, level)).isEqualTo(new CommandPolicy.Run());
      assertThat(CommandPolicy.of(Isolation.OFF, level)).isEqualTo(new CommandPolicy.Run());
    }
  }

  private static String unknown(Level level) {
    return switch (CommandPolicy.of(Isolation.REQUIRED, level)) {
      case CommandPolicy.Unknown(String reason) -> reason;
      case CommandPolicy.Run _ -> throw new AssertionError("it would run");
    };
  }
}
