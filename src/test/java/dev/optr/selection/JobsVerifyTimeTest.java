package dev.optr.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.Samples;
import dev.optr.workflow.AgentType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class JobsVerifyTimeTest {
  @Test
  void countsWhatJobsTookLikeWhatCommandsTook() {
    Score command = score(new Check.Command(0, false, ""));
    Score jobs = score(new Check.Jobs(List.of(), false, List.of()));
    assertThat(jobs).isEqualTo(command);
    assertThat(jobs.verifyHours()).isPositive();
    assertThat(score(new Check.Merges(List.of())).verifyHours()).isZero();
  }

  private static Score score(Check.Evidence evidence) {
    Check check = new Check("tests", Check.Result.HELD, List.of(), 190_000, evidence, null, false);
    Examined path =
        new Examined(
            Samples.proposed(
                Samples.agent("claude", AgentType.ANTHROPIC_CLAUDE),
                Samples.proposal("s", "r"),
                "renewed"),
            List.of(check),
            List.of());
    Selection selection =
        new SelectOptr().select(SamplePolicy.defaults().workflow(), List.of(path));
    return Objects.requireNonNull(selection.selected().orElseThrow().score());
  }
}
