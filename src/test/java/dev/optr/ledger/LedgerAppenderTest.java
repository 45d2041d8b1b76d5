package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LedgerAppenderTest {
  private final LedgerVerifier verifier = new LedgerVerifier();
  private final LedgerAppender unsigned = appender(Layout.PER_PR, null, null);
  private final LedgerAppender signed = appender(Layout.PER_PR, Keys.CI_1, null);

  @Test
  void startsALedgerInTheShardOfThePullRequest() {
    Receipt receipt = receipt(signed.append(List.of(), List.of(), run(7, 1), Samples.NOON));

    assertThat(receipt.containerPath()).isEqualTo("datalake/ledger.d/pr-7.jsonl");
    assertThat(receipt.newLines()).hasSize(2);
    assertThat(receipt.containerBytes().utf8())
        .isEqualTo(
            receipt.newLines().get(0).utf8() + "\n" + receipt.newLines().get(1).utf8() + "\n");
    assertThat(receipt.heads()).containsExactly(receipt.entryId());
    assertThat(receipt.size()).isEqualTo(2);
    Verification verification =
        verifier.verify(
            List.of(receipt.container()),
            VerifyOptions.standard().withPinnedGenesis(receipt.genesisId()));
    assertThat(verification.findings()).isEmpty();
    assertThat(verification.trust()).isEqualTo(Trust.PINNED);
  }

  @Test
  void writesTheSameGenesisInTwoPullRequestsAtOnce() {
    Receipt seven = receipt(signed.append(List.of(), List.of(), run(7, 1), Samples.NOON));
    Receipt eight =
        receipt(signed.append(List.of(), List.of(), run(8, 2), Samples.NOON.plusSeconds(9)));

    assertThat(seven.newLines().getFirst()).isEqualTo(eight.newLines().getFirst());
    Verification union = verify(seven.container(), eight.container());
    assertThat(union.result()).isEqualTo(Verification.Result.OK);
    assertThat(union.size()).isEqualTo(3);
    assertThat(union.heads()).containsExactlyInAnyOrder(seven.entryId(), eight.entryId());
  }

  @Test
  void readsTheTimeOfCreationInBothFormsOfGitHubsEvents() {
    PullRequestRef pr = run(7, 1).pr();
    RunEvent push = Samples.event(Samples.GITHUB, "1580702706", pr, 1);
    RunEvent offset = Samples.event(Samples.GITHUB, "2020-02-03T05:05:06+01:00", pr, 1);

    assertThat(genesisId(push)).isEqualTo(genesisId(run(7, 1))).isEqualTo(genesisId(offset));
    assertThat(genesisId(Samples.event(Samples.GITHUB, null, pr, 1))).isNotEqualTo(genesisId(push));
    assertThatThrownBy(() -> genesisId(Samples.event(Samples.GITHUB, "yesterday", pr, 1)))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void writesTheGoldenUnsignedGenesisForALocalRepositoryOfThatName() {
    Receipt receipt =
        receipt(unsigned.append(List.of(), List.of(), Samples.local(1), Samples.NOON));

    assertThat(receipt.genesisId())
        .isEqualTo(Golden.json("manifest.json").text("unsigned_genesis"));
    assertThat(receipt.containerPath()).isEqualTo(Container.MAIN);
  }

  @Test
  void keepsWhatIsThereByteForByteAndAddsAtTheEnd() {
    List<Container> golden = Golden.ledger("ledger-full.jsonl");
    LedgerAppender second = appender(Layout.SINGLE, Keys.CI_2, Golden.GENESIS);
    RunEvent event =
        Samples.event(new RepositoryId("github.com", 123456789, "octo/new"), null, null, 5);
    Receipt receipt = receipt(second.append(golden, List.of(), event, Samples.NOON));

    assertThat(receipt.containerBytes().utf8())
        .startsWith(golden.getFirst().bytes().utf8())
        .hasLineCount(9);
    assertThat(receipt.newLines()).hasSize(1);
    JsonObject body = Forge.parse(receipt.newLines().getFirst().utf8()).object("body");
    assertThat(body.get("parents")).isEqualTo(Golden.json("manifest.json").get("full_heads"));
    assertThat(body.get("height")).isEqualTo(Json.number(7));
    assertThat(body.object("repo").text("name")).isEqualTo("octo/new");
  }

  @Test
  void putsAnEntryUponAllHeadsAndNeverBeforeThem() {
    Receipt seven = receipt(unsigned.append(List.of(), List.of(), run(7, 1), Samples.NOON));
    Receipt eight =
        receipt(unsigned.append(List.of(), List.of(), run(8, 2), Samples.NOON.plusSeconds(9)));
    List<Container> merged = List.of(seven.container(), eight.container());
    Receipt nine =
        receipt(unsigned.append(merged, List.of(), run(9, 3), Samples.NOON.minusSeconds(60)));
    JsonObject body = Forge.parse(nine.newLines().getLast().utf8()).object("body");

    assertThat(body.get("parents"))
        .isEqualTo(Json.texts(Stream.of(seven.entryId(), eight.entryId()).sorted().toList()));
    assertThat(body.text("ts")).isEqualTo("2026-05-01T12:00:09Z");
    assertThat(nine.size()).isEqualTo(4);
    assertThat(nine.newLines()).as("a shard of its own begins with the genesis").hasSize(2);
  }

  @Test
  void tellsTheAnchorItsTrailers() {
    Receipt receipt = receipt(unsigned.append(List.of(), List.of(), run(7, 1), Samples.NOON));
    String root = MerkleTree.root(receipt.newLines());

    assertThat(receipt.root()).isEqualTo(root);
    assertThat(receipt.trailers())
        .isEqualTo(
            "Optr-Ledger-Entry: "
                + receipt.entryId()
                + "\nOptr-Ledger-Heads: "
                + receipt.entryId()
                + "\nOptr-Ledger-Size: 2\nOptr-Ledger-Root: "
                + root
                + "\nOptr-Ledger-Container: datalake/ledger.d/pr-7.jsonl\n");
  }

  @Test
  void copiesTheGenesisThatOnlyTheBaseHas() {
    List<Container> base = Golden.ledger("unsigned.jsonl");
    RunEvent event = Samples.event(RepositoryId.local("demo"), null, run(7, 1).pr(), 1);
    Receipt receipt = receipt(unsigned.append(List.of(), base, event, Samples.NOON));

    assertThat(receipt.newLines().getFirst().utf8())
        .isEqualTo(Forge.golden("unsigned.jsonl").line(0));
  }

  @Test
  void writesNoGenesisIntoAShardWhereTheMainFileHasIt() {
    RunEvent event = Samples.event(RepositoryId.local("demo"), null, run(7, 1).pr(), 1);
    List<Container> main = Golden.ledger("unsigned.jsonl");
    Receipt receipt = receipt(unsigned.append(main, main, event, Samples.NOON));

    assertThat(receipt.newLines()).hasSize(1);
    assertThat(receipt.containerBytes().utf8()).hasLineCount(1);
    assertThat(receipt.size()).isEqualTo(4);
  }

  @Test
  void ignoresALocalLedgerThatOnlyTheHeadBranchHas() {
    Receipt receipt =
        receipt(
            unsigned.append(Golden.ledger("unsigned.jsonl"), List.of(), run(7, 1), Samples.NOON));

    assertThat(receipt.newLines()).hasSize(2);
    assertThat(receipt.size()).isEqualTo(2);
  }

  @Test
  void goesOnWithALocalLedgerThatTheBaseHas() {
    List<Container> local = Golden.ledger("unsigned.jsonl");
    Receipt receipt = receipt(unsigned.append(local, local, run(7, 1), Samples.NOON));

    assertThat(receipt.genesisId())
        .isEqualTo(Golden.json("manifest.json").text("unsigned_genesis"));
  }

  @Test
  void refusesABrokenLedger() {
    Forge broken = Forge.golden("unsigned.jsonl").remove(1);
    AppendResult result =
        unsigned.append(broken.containers(), List.of(), Samples.local(1), Samples.NOON);

    assertThat(codes(result)).containsExactly(Code.E_PARENT_MISSING);
  }

  @Test
  void refusesAHeadBranchThatBringsItsOwnGenesis() {
    List<Container> base = Golden.ledger("ledger-full.jsonl");
    Receipt other = receipt(signed.append(List.of(), List.of(), run(7, 1), Samples.NOON));

    assertThat(codes(signed.append(List.of(other.container()), base, run(7, 2), Samples.NOON)))
        .contains(Code.E_GENESIS);
  }

  @Test
  void refusesAnUnsignedLedgerWhereAKeyOrAPinIsGiven() {
    List<Container> ledger = Golden.ledger("unsigned.jsonl");

    assertThat(codes(signed.append(ledger, List.of(), Samples.local(1), Samples.NOON)))
        .containsExactly(Code.E_NO_TRUSTED_SIG);
    String id = String.valueOf(Golden.json("manifest.json").text("unsigned_genesis"));
    assertThat(
            codes(
                appender(Layout.PER_PR, null, id)
                    .append(ledger, List.of(), Samples.local(1), Samples.NOON)))
        .containsExactly(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void refusesASecondEntryOfTheSameRun() {
    Receipt first = receipt(unsigned.append(List.of(), List.of(), run(7, 1), Samples.NOON));

    assertThat(
            codes(
                unsigned.append(
                    List.of(first.container()), List.of(), run(7, 1), Samples.NOON.plusSeconds(1))))
        .containsExactly(Code.E_EQUIVOCATION);
  }

  @Test
  void asksForTheKeyOfASignedLedger() {
    List<Container> golden = Golden.ledger("ledger-full.jsonl");

    assertThatThrownBy(() -> unsigned.append(golden, List.of(), Samples.local(1), Samples.NOON))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("signing-key")
        .hasMessageContaining("--no-commit");
  }

  @Test
  void refusesKeysThatTheLedgerDoesNotKnowOrHasRevoked() {
    List<Container> golden = Golden.ledger("ledger-full.jsonl");
    for (Signer key : List.of(Keys.EVIL, Keys.CI_1, Keys.ROOT_1)) {
      assertThatThrownBy(
              () ->
                  appender(Layout.PER_PR, key, Golden.GENESIS)
                      .append(golden, golden, Samples.local(1), Samples.NOON))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(key.publicKey().fingerprint())
          .hasMessageContaining("append-key");
    }
  }

  @Test
  void saysToUpdateTheBranchWhereOnlyTheBaseKnowsTheKey() {
    Forge old = Forge.golden("ledger.jsonl").remove(5).remove(4);

    assertThatThrownBy(
            () ->
                appender(Layout.PER_PR, Keys.CI_2, null)
                    .append(
                        old.containers(),
                        Golden.ledger("ledger-full.jsonl"),
                        Samples.local(1),
                        Samples.NOON))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("update the branch");
  }

  @Test
  void refusesToStartAnotherLedgerThanThePinnedOne() {
    assertThatThrownBy(
            () ->
                appender(Layout.PER_PR, Keys.CI_1, Golden.GENESIS)
                    .append(List.of(), List.of(), run(7, 1), Samples.NOON))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(Golden.GENESIS)
        .hasMessageContaining(genesisIdSigned());
    assertThat(
            receipt(
                    appender(Layout.PER_PR, Keys.CI_1, genesisIdSigned())
                        .append(List.of(), List.of(), run(7, 1), Samples.NOON))
                .genesisId())
        .isEqualTo(genesisIdSigned());
  }

  @Test
  void writesNoEntryThatVerificationWouldRefuse() {
    RunEvent event = run(7, 1);
    RunEvent contradiction =
        new RunEvent(
            event.repo(),
            event.repoCreatedAt(),
            event.pr(),
            event.run(),
            new Decision("x", List.of(), "selected", "y", null, "s", null),
            event.inputs(),
            event.outputs(),
            event.tool());

    assertThatThrownBy(() -> unsigned.append(List.of(), List.of(), contradiction, Samples.NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesIntoTheMainFileWhereTheLayoutSaysSo() {
    Receipt receipt =
        receipt(
            appender(Layout.SINGLE, null, null)
                .append(List.of(), List.of(), run(7, 1), Samples.NOON));

    assertThat(receipt.containerPath()).isEqualTo(Container.MAIN);
  }

  private static LedgerAppender appender(
      Layout layout, @Nullable Signer signer, @Nullable String pin) {
    return new LedgerAppender(
        new LedgerVerifier(), layout, Optional.ofNullable(signer), Optional.ofNullable(pin));
  }

  private static RunEvent run(int pullRequest, long runId) {
    return Samples.pullRequest(pullRequest, runId);
  }

  private String genesisId(RunEvent event) {
    return receipt(unsigned.append(List.of(), List.of(), event, Samples.NOON)).genesisId();
  }

  private String genesisIdSigned() {
    return receipt(signed.append(List.of(), List.of(), run(7, 1), Samples.NOON)).genesisId();
  }

  private Verification verify(Container... containers) {
    return verifier.verify(List.of(containers), VerifyOptions.standard().allowingTofu());
  }

  static Receipt receipt(AppendResult result) {
    return switch (result) {
      case Receipt receipt -> receipt;
      case AppendResult.Refused(Verification verification) ->
          throw new AssertionError("refused: " + verification.findings());
    };
  }

  private static List<Code> codes(AppendResult result) {
    return switch (result) {
      case Receipt receipt -> throw new AssertionError("not refused: " + receipt);
      case AppendResult.Refused(Verification verification) ->
          verification.findings().stream().map(Finding::code).toList();
    };
  }
}
