package dev.optr.ledger;

import static dev.optr.ledger.MadeHistory.main;
import static dev.optr.ledger.MadeHistory.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The append-only rule, along every parent. */
final class HistoryVerifierTest {
  private static final LedgerHistory.Line ANY = LedgerHistory.Line.ANY;
  private static final LedgerHistory.Line DEFAULT = LedgerHistory.Line.DEFAULT_BRANCH;
  private static final LedgerHistory.Line SIDE = LedgerHistory.Line.SIDE_BRANCH;

  private final MadeHistory history = new MadeHistory();

  @Test
  void acceptsAFileThatGrowsAtItsEnd() {
    history.commit(main(0, 1));
    history.commit(main(0, 1, 2));
    history.commit(main(0, 1, 2, 3));

    assertThat(codes()).isEmpty();
    assertThat(verify().result()).isEqualTo(Verification.Result.OK);
  }

  @Test
  void readsOfAGrownFileTheNewEndAlone() {
    for (int length = 1; length < 6; length++) {
      history.commit(main(java.util.stream.IntStream.range(0, length).toArray()));
    }

    assertThat(codes()).isEmpty();
    assertThat(history.bytesRead()).isEqualTo(main(0, 1, 2, 3, 4).bytes().size());
  }

  @Test
  void acceptsAShardThatIsFoldedAway() {
    history.commit(main(0, 1), shard(2, 3));
    history.commit(main(0, 1, 2, 3));

    assertThat(codes()).isEmpty();
  }

  @Test
  void acceptsAFoldInTwoSteps() {
    history.commit(main(0, 1), shard(2));
    history.commit(main(0, 1, 2), shard(2));
    history.commit(main(0, 1, 2));

    assertThat(codes()).isEmpty();
  }

  @Test
  void seesALineThatIsGone() {
    history.commit(main(0, 1, 2));
    String forgetful = history.commit(main(0, 1));

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Code.E_NOT_PREFIX);
              assertThat(finding.commit()).isEqualTo(forgetful);
              assertThat(finding.container()).isEqualTo(Container.MAIN);
              assertThat(finding.line()).isEqualTo(3);
              assertThat(finding.id()).isEqualTo(Forge.golden("ledger-full.jsonl").id(2));
            });
  }

  @Test
  void seesThatEverythingIsGone() {
    history.commit(main(0, 1, 2));
    history.commit();

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX, Code.E_NOT_PREFIX, Code.E_NOT_PREFIX);
    assertThat(verify().result()).isEqualTo(Verification.Result.TAMPERED);
  }

  @Test
  void seesLinesThatSwappedPlaces() {
    history.commit(main(0, 1, 2));
    history.commit(main(0, 2, 1));

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX);
    assertThat(findings()).extracting(Finding::line).containsExactly(2);
  }

  @Test
  void seesALinePutBeforeOldOnes() {
    history.commit(main(0, 1));
    history.commit(main(0, 2, 1));

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX);
  }

  @Test
  void seesAnEditedLineThatLooksLikeAnotherEntry() {
    Json tool = Json.object().put("name", "o").put("version", "2").build();
    Forge edited =
        Forge.golden("ledger-full.jsonl").resign(2, body -> body.with("tool", tool), Keys.CI_1);
    String text = main(0, 1).bytes().utf8() + edited.line(2) + "\n";
    history.commit(main(0, 1, 2));
    history.commit(new Container(Container.MAIN, Bytes.utf8(text)));

    assertThat(codes()).contains(Code.E_NOT_PREFIX);
  }

  @Test
  void seesTheSameEntryWithOtherSignatures() {
    Forge stripped =
        Forge.golden("ledger-full.jsonl")
            .edit(1, line -> line.replaceAll("\"sigs\":.*", "\"sigs\":[]}"));
    String text = stripped.line(0) + "\n" + stripped.line(1) + "\n";
    history.commit(main(0, 1));
    history.commit(new Container(Container.MAIN, Bytes.utf8(text)));

    assertThat(codes()).contains(Code.E_NOT_PREFIX);
  }

  @Test
  void warnsOfALineThatWentAndCameBack() {
    history.commit(main(0, 1, 2));
    history.commit(main(0, 2));
    history.commit(main(0, 1, 2, 3));

    assertThat(codes()).isEmpty();
    assertThat(warnings()).contains(Code.W_RESTORED);
  }

  @Test
  void warnsOfDamageThatWasRepaired() {
    String damaged = main(0, 1, 2).bytes().utf8().replace("\n", "\r\n");
    history.commit(main(0, 1, 2));
    history.commit(new Container(Container.MAIN, Bytes.utf8(damaged)));
    history.commit(main(0, 1, 2, 3));

    assertThat(codes()).isEmpty();
    assertThat(warnings()).filteredOn(Code.W_RESTORED::equals).hasSize(3);
  }

  @Test
  void doesNotTakeAHalfLineForTheWholeOne() {
    String text = main(0, 1).bytes().utf8();
    history.commit(new Container(Container.MAIN, Bytes.utf8(text.substring(0, text.length() - 1))));
    history.commit(main(0, 1, 2));

    assertThat(codes()).isEmpty();
    assertThat(past().introducing(Forge.golden("ledger-full.jsonl").id(1)))
        .containsExactly(history.revisions().get(1).commit());
  }

  @Test
  void looksAtLinesOfTheLedgerThatCountsAlone() {
    history.commit(Golden.ledger("unsigned.jsonl").getFirst());
    history.commit(main(0, 1));
    history.commit(main(0, 1, 2));

    assertThat(codes()).isEmpty();
  }

  @Test
  void acceptsABranchThatWasCutBeforeTheLedgerBegan() {
    String start = history.commit();
    String topic = history.commit(List.of(start), ANY);
    String main = history.commit(List.of(start), DEFAULT, main(0, 1));
    history.commit(List.of(main, topic), DEFAULT, main(0, 1));

    assertThat(codes()).isEmpty();
  }

  @Test
  void acceptsAMergeOfTwoBranchesThatBothWrote() {
    String start = history.commit(main(0, 1));
    String one = history.commit(List.of(start), ANY, main(0, 1), shard(2));
    String other = history.commit(List.of(start), DEFAULT, main(0, 1, 3));
    history.commit(List.of(other, one), DEFAULT, main(0, 1, 3), shard(2));

    assertThat(codes()).isEmpty();
  }

  @Test
  void seesAMergeThatDropsWhatTheOtherBranchWrote() {
    String start = history.commit(main(0, 1));
    String topic = history.commit(List.of(start), ANY, main(0, 1), shard(2));
    String main = history.commit(List.of(start), DEFAULT, main(0, 1, 3));
    String merge = history.commit(List.of(main, topic), DEFAULT, main(0, 1, 3));

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Code.E_NOT_PREFIX);
              assertThat(finding.commit()).isEqualTo(merge);
              assertThat(finding.container()).isEqualTo(Container.shard(7));
            });
  }

  @Test
  void acceptsARefreshedBranchWhoseSecondParentGrew() {
    String start = history.commit(main(0, 1));
    String topic = history.commit(List.of(start), ANY, main(0, 1, 2));
    String main = history.commit(List.of(start), DEFAULT, main(0, 1, 3));
    String refreshed = history.commit(List.of(topic, main), ANY, main(0, 1, 3, 2));
    history.commit(List.of(main, refreshed), DEFAULT, main(0, 1, 3, 2));

    assertThat(codes()).isEmpty();
  }

  @Test
  void seesAMergeIntoTheDefaultBranchThatPutsTheOtherLinesFirst() {
    String start = history.commit(main(0, 1));
    String topic = history.commit(List.of(start), ANY, main(0, 1, 2));
    String main = history.commit(List.of(start), DEFAULT, main(0, 1, 3));
    String merge = history.commit(List.of(main, topic), DEFAULT, main(0, 1, 2, 3));

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX);
    assertThat(findings()).extracting(Finding::commit).containsExactly(merge);
  }

  @Test
  void seesAMergeThatFollowsNeitherParent() {
    String start = history.commit(main(0, 1));
    String topic = history.commit(List.of(start), ANY, main(0, 1, 2));
    String other = history.commit(List.of(start), ANY, main(0, 1, 3));
    history.commit(List.of(topic, other), ANY, main(0, 2, 1, 3));

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX);
  }

  @Test
  void doesNotLetABranchWithoutLedgerProveAnything() {
    String start = history.commit();
    String topic = history.commit(List.of(start), ANY, main(0, 1, 2));
    history.commit(List.of(start, topic), DEFAULT, main(0, 2, 1));

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX);
  }

  @Test
  void saysOnceWhatWasLostOnceWhereBranchesStillHaveIt() {
    String start = history.commit(main(0, 1, 2));
    String topic = history.commit(List.of(start), ANY, main(0, 1, 2));
    String forgetful = history.commit(List.of(start), DEFAULT, main(0, 1));
    history.commit(List.of(forgetful, topic), DEFAULT, main(0, 1));

    assertThat(findings()).extracting(Finding::commit).containsExactly(forgetful);
  }

  @Test
  void readsTheSideBranchTogetherWithTheTip() {
    String start = history.commit(main(0, 1));
    String side = history.commit(List.of(), SIDE, shard(2));
    history.tips(start, side);

    assertThat(codes()).isEmpty();
    assertThat(past().isPresent(Forge.golden("ledger-full.jsonl").id(2))).isTrue();
  }

  @Test
  void asksOfTheSideBranchNothingButWhatItsAnchorsBrought() {
    String start = history.commit(main(0, 1));
    String anchor = history.commit(List.of(start), ANY, main(0, 1), shard(2));
    String side = history.commit(List.of(), SIDE);
    String kept = history.commit(List.of(side, anchor), SIDE, shard(2));
    history.tips(start, kept);
    assertThat(codes()).isEmpty();
    assertThat(warnings()).doesNotContain(Code.W_RESTORED);

    String dropped = history.commit(List.of(kept, anchor), SIDE);
    history.tips(start, dropped);
    assertThat(codes()).containsOnly(Code.E_NOT_PREFIX);
  }

  @Test
  void decidesNothingWhereTheCloneEndsEarly() {
    history.cut(main(0, 1));
    history.commit(main(0, 1, 2));

    assertThat(verify().result()).isEqualTo(Verification.Result.UNDECIDED);
    assertThat(warnings()).contains(Code.W_UNREACHABLE);
    assertThat(past().introducing(Forge.golden("ledger-full.jsonl").id(1))).isEmpty();

    history.commit(main(0, 1));
    assertThat(verify().result()).isEqualTo(Verification.Result.TAMPERED);
  }

  private LedgerPast past() {
    return LedgerPast.read(history, Golden.GENESIS);
  }

  private Verification verify() {
    Verification tip = new LedgerVerifier().verify(history.verified(), Golden.pinned());
    return new HistoryVerifier().verify(tip, past());
  }

  /**
   * Lines of the golden ledger may miss their parents in some of these files; that is not asked.
   */
  private List<Finding> findings() {
    List<Finding> bare =
        new LedgerVerifier().verify(history.verified(), Golden.pinned()).findings();
    return verify().findings().stream().filter(finding -> !bare.contains(finding)).toList();
  }

  private List<Code> codes() {
    return findings().stream().map(Finding::code).toList();
  }

  private List<Code> warnings() {
    return verify().warnings().stream().map(Finding::code).toList();
  }
}
