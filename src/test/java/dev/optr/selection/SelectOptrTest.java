package dev.optr.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.FailureCode;
import dev.optr.base.PrettyJson;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Risk;
import dev.optr.testing.SamplePolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectOptrTest {
  private final SelectOptr selector = new SelectOptr();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # verify ms | lines | usd      | verify   | review   | E[TTV]   | cost     | J        | seconds
          0           | 0     | 0        | 0.002778 | 0.000000 | 0.002778 | 0.000000 | 0.002778 | 10
          1           | 1     | 0        | 0.002778 | 0.002500 | 0.005278 | 0.000000 | 0.005278 | 19
          10000       | 0     | 0        | 0.002778 | 0.000000 | 0.002778 | 0.000000 | 0.002778 | 10
          10001       | 0     | 0        | 0.008333 | 0.000000 | 0.008333 | 0.000000 | 0.008333 | 30
          60000       | 400   | 0        | 0.016667 | 1.000000 | 1.016667 | 0.000000 | 1.016667 | 3660
          60001       | 15    | 0.18     | 0.033333 | 0.037500 | 0.070833 | 0.018000 | 0.088833 | 255
          4800000     | 0     | 0        | 1.333333 | 0.000000 | 1.333333 | 0.000000 | 1.333333 | 4800
          4800001     | 0     | 0        | 2.666667 | 0.000000 | 2.666667 | 0.000000 | 2.666667 | 9600
          0           | 0     | 0.000005 | 0.002778 | 0.000000 | 0.002778 | 0.000000 | 0.002778 | 10
          0           | 0     | 0.000015 | 0.002778 | 0.000000 | 0.002778 | 0.000002 | 0.002780 | 10
          0           | 0     | 0.000025 | 0.002778 | 0.000000 | 0.002778 | 0.000002 | 0.002780 | 10
          """)
  void computesEveryTerm(
      long millis,
      int lines,
      String usd,
      BigDecimal verify,
      BigDecimal review,
      BigDecimal ttv,
      BigDecimal cost,
      BigDecimal objective,
      long seconds) {
    Score score = score(Lane.of("claude", 'a', List.of(millis), lines).costing(usd, null));

    assertThat(score.verifyHours()).isEqualTo(verify);
    assertThat(score.reviewHours()).isEqualTo(review);
    assertThat(score.expectedTtvHours()).isEqualTo(ttv);
    assertThat(score.costHours()).isEqualTo(cost);
    assertThat(score.objective()).isEqualTo(objective);
    assertThat(score.expectedTtvSeconds()).isEqualTo(seconds);
    assertThat(score.reworkHours()).isNull();
    assertThat(score.riskHours()).isEqualByComparingTo("0");
    assertThat(score.probabilityHours()).isNull();
  }

  @Test
  void addsDurationsBeforeItRoundsThemUp() {
    Score score = score(Lane.of("claude", 'a', List.of(5_000L, 5_000L), 0));
    assertThat(score.expectedTtvSeconds()).isEqualTo(10);
  }

  @Test
  void countsNoVerificationWhereNoCommandIsConfigured() {
    assertThat(score(Lane.of("claude", 'a', List.of(), 2)).expectedTtvSeconds()).isEqualTo(18);
  }

  @Test
  void countsDeletedLinesAsAddedOnes() {
    Lane lane = Lane.of("claude", 'a', List.of(), 0).changing(12, 3, 400);
    assertThat(score(lane).expectedTtvSeconds()).isEqualTo(135);
  }

  @Test
  void selectsTheSmallestObjectiveNotTheShortestVerification() {
    Selection selection =
        select(
            Lane.of("claude", 'b', List.of(70_000L), 10),
            Lane.of("codex", 'a', List.of(1_000L), 100));
    assertThat(selected(selection)).isEqualTo("claude");
    assertThat(ranks(selection)).containsExactly("claude 1", "codex 2");
  }

  @Test
  void letsMoneyDecideBetweenEqualTimes() {
    Selection selection =
        select(
            Lane.of("claude", 'a', List.of(), 10).costing("0.31", null),
            Lane.of("codex", 'b', List.of(), 10).costing("0.30", null));
    assertThat(selected(selection)).isEqualTo("codex");
  }

  @Test
  void countsAnUnknownPriceAsTheLanesBudget() {
    Selection selection =
        select(
            Lane.of("claude", 'a', List.of(), 10).costing(null, "2.00"),
            Lane.of("codex", 'b', List.of(), 10).costing("0.30", null));
    assertThat(selected(selection)).isEqualTo("codex");
    assertThat(scoreOf(selection, "claude").usd()).isEqualTo("2");
  }

  @Test
  void leavesCostOutForAllWhereOnePriceAndItsBudgetAreUnknown() {
    Selection selection =
        select(
            Lane.of("claude", 'a', List.of(), 10).costing(null, null),
            Lane.of("codex", 'b', List.of(), 11).costing("0.00", null));
    assertThat(selected(selection)).isEqualTo("claude");
    assertThat(scoreOf(selection, "codex").usd()).isNull();
    assertThat(scoreOf(selection, "codex").costHours()).isNull();
  }

  @Test
  void asksNoPriceOfALaneThatIsNotAdmissible() {
    Selection selection =
        select(
            Lane.of("claude", 'a', List.of(), 10).costing(null, null).broken(),
            Lane.of("codex", 'b', List.of(), 11).costing("1", null));
    assertThat(scoreOf(selection, "codex").costHours()).isEqualTo("0.100000");
  }

  @Test
  void breaksTiesByChangedLinesThenBytesThenTree() {
    Lane base = Lane.of("a", 'e', List.of(), 10).costing("0.9", null);
    // One line fewer saves 0.0025 h, which 0.025 USD cost.
    Lane fewerLines = base.named("b").changing(9, 0, 900).costing("0.925", null);
    assertThat(selected(select(base, withTree(fewerLines, 'f')))).isEqualTo("b");

    Lane fewerBytes = base.named("b").changing(5, 5, 99);
    assertThat(selected(select(base, withTree(fewerBytes, 'f')))).isEqualTo("b");

    assertThat(selected(select(base, withTree(base.named("b"), 'd')))).isEqualTo("b");
  }

  @Test
  void selectsTheFirstByNameOfThoseThatReachedTheSelectedTree() {
    Selection selection =
        select(
            Lane.of("mscopilot", 'a', List.of(), 10).costing("0.10", null),
            Lane.of("codex", 'a', List.of(), 10).costing("0.90", null),
            Lane.of("claude", 'b', List.of(), 10).costing("0.20", null));
    assertThat(selected(selection)).isEqualTo("codex");
    assertThat(ranks(selection)).containsExactly("codex 1", "mscopilot 1", "claude 2");
    assertThat(scoreOf(selection, "codex")).isEqualTo(scoreOf(selection, "mscopilot"));
    assertThat(scoreOf(selection, "codex").usd()).isEqualTo("0.1");
  }

  @Test
  void listsWhatIsNotAdmissibleLastAndByName() {
    Selection selection =
        select(
            Lane.of("d", 'a', List.of(), 10).broken(),
            Lane.of("c", 'b', List.of(), 10),
            Lane.of("b", 'c', List.of(), 1).broken());
    assertThat(ranks(selection)).containsExactly("c 1", "b null", "d null");
    assertThat(selection.candidates().getLast().score()).isNull();
  }

  @Test
  void selectsNothingWhereNothingIsAdmissible() {
    Selection selection = select(Lane.of("claude", 'a', List.of(), 1).broken());
    assertThat(selection).isInstanceOf(Selection.NoneAdmissible.class);
    assertThat(ranks(selection)).containsExactly("claude null");
  }

  @Test
  void selectsNothingWhereEveryLaneDeclined() {
    Selection selection =
        selector.select(SamplePolicy.defaults().workflow(), List.of(Lane.declined("claude")));
    assertThat(selection).isInstanceOf(Selection.NoneAdmissible.class);
  }

  @Test
  void missesTheQuorumThoughOnePathIsAdmissible() {
    Answer outage =
        new Answer.Failed(FailureCode.TIMEOUT, "too slow", Exchange.none(Instant.EPOCH));
    Answer notAsked = new Answer.NotAsked("draft", Exchange.none(Instant.EPOCH));
    List<Examined> lanes =
        List.of(
            Lane.of("claude", 'a', List.of(), 1).examined(),
            Lane.withAnswer("codex", outage),
            Lane.withAnswer("copilot", notAsked));

    Selection selection = selector.select(SamplePolicy.defaults().withQuorum(2).workflow(), lanes);

    assertThat(selection)
        .isInstanceOfSatisfying(
            Selection.QuorumMissed.class,
            missed -> {
              assertThat(missed.answered()).isEqualTo(1);
              assertThat(missed.quorum()).isEqualTo(2);
            });
    assertThat(ranks(selection)).containsExactly("claude null", "codex null", "copilot null");
  }

  @Test
  void countsDeclinedAndInadmissibleLanesForTheQuorum() {
    List<Examined> lanes =
        List.of(
            Lane.declined("claude"),
            Lane.of("codex", 'a', List.of(), 1).broken().examined(),
            Lane.of("copilot", 'b', List.of(), 1).examined());
    Selection selection = selector.select(SamplePolicy.defaults().withQuorum(3).workflow(), lanes);
    assertThat(selected(selection)).isEqualTo("copilot");
  }

  @Test
  void publishesEveryConstant() {
    assertThat(PrettyJson.text(selector.parameters()).replaceAll("\\s+", ""))
        .isEqualTo(
            "{\"verifyStepsSeconds\":[10,30,60,120,300,600,1200,2400,4800],"
                + "\"reviewSecondsPerChangedLine\":9,\"decimals\":6,\"rounding\":\"HALF_EVEN\","
                + "\"riskWeights\":{"
                + Risk.weights().entrySet().stream()
                    .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                    .collect(Collectors.joining(","))
                + "}}");
  }

  @Test
  void prefersThePathOfLessRisk() {
    Selection selection =
        select(Lane.of("claude", 'a', List.of(), 900), Lane.of("codex", 'b', List.of(), 400));
    assertThat(selected(selection)).isEqualTo("codex");
    Score large = score(Lane.of("claude", 'a', List.of(), 900));
    assertThat(large.riskHours()).isEqualByComparingTo("0.020000");
    assertThat(large.objective())
        .isEqualByComparingTo(large.expectedTtvHours().add(large.riskHours()));
  }

  private Selection select(Lane... lanes) {
    return selector.select(
        SamplePolicy.defaults().workflow(), Arrays.stream(lanes).map(Lane::examined).toList());
  }

  private Score score(Lane lane) {
    return scoreOf(select(lane), lane.agent());
  }

  private static Score scoreOf(Selection selection, String agent) {
    @Nullable Score score =
        selection.candidates().stream()
            .filter(ranked -> ranked.examined().candidate().agent().equals(agent))
            .findFirst()
            .orElseThrow()
            .score();
    if (score == null) {
      throw new AssertionError(agent + " has no score");
    }
    return score;
  }

  private static String selected(Selection selection) {
    return switch (selection) {
      case Selection.Selected(Ranked best, List<Ranked> _) -> best.examined().candidate().agent();
      case Selection.NoneAdmissible _, Selection.QuorumMissed _ -> selection.outcome();
    };
  }

  private static List<String> ranks(Selection selection) {
    return selection.candidates().stream()
        .map(ranked -> ranked.examined().candidate().agent() + " " + ranked.rank())
        .toList();
  }

  private static Lane withTree(Lane lane, char tree) {
    return new Lane(
        lane.agent(),
        tree,
        lane.commandMillis(),
        lane.additions(),
        lane.deletions(),
        lane.changedBytes(),
        lane.usd(),
        lane.budget(),
        lane.admissible(),
        lane.ttvEstimateSeconds(),
        lane.summary());
  }
}
