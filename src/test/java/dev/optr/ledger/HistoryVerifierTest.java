package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryVerifierTest {
  private final List<HistoryVerifier.Snapshot> history = new ArrayList<>();

  @Test
  void acceptsAFileThatGrowsAtItsEnd() {
    commit(main(0, 1)).commit(main(0, 1, 2)).commit(main(0, 1, 2, 3));

    assertThat(codes()).isEmpty();
  }

  @Test
  void acceptsAShardThatIsFoldedAway() {
    commit(main(0, 1), shard(2, 3)).commit(main(0, 1, 2, 3));

    assertThat(codes()).isEmpty();
  }

  @Test
  void seesALineThatIsGone() {
    commit(main(0, 1, 2)).commit(main(0, 1));

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX);
  }

  @Test
  void seesLinesThatSwappedPlaces() {
    commit(main(0, 1, 2)).commit(main(0, 2, 1));

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX);
  }

  @Test
  void seesALinePutBeforeOldOnes() {
    commit(main(0, 1)).commit(main(0, 2, 1));

    assertThat(codes()).containsExactly(Code.E_NOT_PREFIX);
  }

  @Test
  void seesAnEditedLineThatLooksLikeAnotherEntry() {
    Forge edited =
        Forge.golden("ledger-full.jsonl")
            .resign(
                2,
                body ->
                    body.with("tool", Json.object().put("name", "o").put("version", "2").build()),
                Keys.CI_1);
    String text = main(0, 1).bytes().utf8() + edited.line(2) + "\n";
    commit(main(0, 1, 2)).commit(new Container(Container.MAIN, Bytes.utf8(text)));

    assertThat(codes()).contains(Code.E_NOT_PREFIX);
  }

  @Test
  void warnsOfALineThatWentAndCameBack() {
    commit(main(0, 1, 2)).commit(main(0, 2)).commit(main(0, 1, 2, 3));

    assertThat(codes()).isEmpty();
    assertThat(verify().warnings()).extracting(Finding::code).contains(Code.W_RESTORED);
  }

  @Test
  void looksAtLinesOfTheLedgerThatCountsAlone() {
    Container local = Golden.ledger("unsigned.jsonl").getFirst();
    commit(local).commit(main(0, 1)).commit(main(0, 1, 2));

    assertThat(codes()).isEmpty();
  }

  private HistoryVerifierTest commit(Container... containers) {
    history.add(
        new HistoryVerifier.Snapshot(
            String.valueOf(history.size()).repeat(40), List.of(containers)));
    return this;
  }

  private static Container main(int... lines) {
    return container(Container.MAIN, lines);
  }

  private static Container shard(int... lines) {
    return container(Container.shard(7), lines);
  }

  private static Container container(String path, int... lines) {
    Forge golden = Forge.golden("ledger-full.jsonl");
    StringBuilder text = new StringBuilder();
    for (int line : lines) {
      text.append(golden.line(line)).append('\n');
    }
    return new Container(path, Bytes.utf8(text.toString()));
  }

  private Verification verify() {
    Verification tip = new LedgerVerifier().verify(history.getLast().containers(), Golden.pinned());
    return new HistoryVerifier().verify(tip, history);
  }

  private List<Code> codes() {
    return verify().findings().stream().map(Finding::code).toList();
  }
}
