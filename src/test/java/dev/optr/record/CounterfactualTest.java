package dev.optr.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.selection.Selection;
import dev.optr.testing.SampleRuns;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CounterfactualTest {
  @Test
  void asksNothingOfTheSelectedPathWhoeverProposedIt() {
    assertThat(of(SampleRuns.oneTree(), 0)).isEmpty();
    assertThat(of(SampleRuns.oneTree(), 1)).isEmpty();
  }

  @Test
  void asksASmallerObjectiveOfAnAdmissiblePath() {
    assertThat(of(SampleRuns.selected(), 1))
        .containsExactly(new Counterfactual.SmallerObjective(new BigDecimal("0.120000")));
  }

  @Test
  void asksOfADeniedPathThatItsRulesHold() {
    assertThat(of(SampleRuns.selected(), 2))
        .containsExactly(new Counterfactual.RulesHold(List.of("tests")));
  }

  @Test
  void asksNothingOfALaneThatProposedNothing() {
    assertThat(of(SampleRuns.selected(), 3)).isEmpty();
  }

  @Test
  void asksForMoreAnswersWhereTheQuorumWasMissed() {
    assertThat(of(SampleRuns.quorumMissed(), 0))
        .containsExactly(new Counterfactual.QuorumReached());
  }

  private static List<Counterfactual> of(Selection selection, int index) {
    return Counterfactual.of(selection, selection.candidates().get(index)).stream().toList();
  }
}
