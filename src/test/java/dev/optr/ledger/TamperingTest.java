package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each tampering that docs/ledger-format.md names. Lines of the golden ledger: 0 genesis, 1 and 2
 * runs beside each other, 3 a run on both, 4 ci-2 added and ci-1 revoked, 5 a run, 6 its execution,
 * 7 its outcome.
 */
final class TamperingTest {
  private final LedgerVerifier verifier = new LedgerVerifier();
  private final Forge ledger = Forge.golden("ledger-full.jsonl");

  @Test
  void seesAnEditedLine() {
    ledger.edit(1, line -> line.replace("\"actor\":\"octo-user\"", "\"actor\":\"octo-evil\""));

    assertThat(findings(ledger)).extracting(Finding::code).containsExactly(Code.E_ID);
    assertThat(findings(ledger))
        .extracting(Finding::container, Finding::line, Finding::id)
        .containsExactly(tuple(Container.MAIN, 2, ledger.id(1)));
  }

  @Test
  void seesAnEditedLineWithItsIdMadeToFit() {
    ledger.rehash(1, TamperingTest::byAnotherActor);

    assertThat(codes(ledger)).containsExactlyInAnyOrder(Code.E_SIG, Code.E_PARENT_MISSING);
  }

  @Test
  void seesADeletedInnerLine() {
    ledger.remove(1);

    assertThat(codes(ledger)).containsExactly(Code.E_PARENT_MISSING);
  }

  @Test
  void seesADeletedSubtree() {
    ledger.remove(2).remove(1);

    // What no link leads to the genesis from has no key that counts either.
    assertThat(codes(ledger))
        .containsExactly(Code.E_PARENT_MISSING, Code.E_PARENT_MISSING, Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void seesAChildBeforeItsParent() {
    ledger.swap(5, 6);

    assertThat(codes(ledger)).containsExactly(Code.E_ORDER);
  }

  @Test
  void seesAnInsertedLineByAStranger() {
    ledger.add(Forge.line(anotherRun(77), Keys.EVIL));

    assertThat(codes(ledger)).containsExactly(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void seesAnInsertedLineWithoutSignature() {
    ledger.add(Forge.line(anotherRun(77)));

    assertThat(codes(ledger)).containsExactly(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void trustsNoKeyWhereTheEntryThatBoundsItsRevocationIsGone() {
    ledger.remove(3);

    assertThat(codes(ledger))
        .containsExactly(Code.E_PARENT_MISSING, Code.E_KEY_REVOKED, Code.E_KEY_REVOKED);
  }

  @Test
  void seesACutEndWhereItWasToldOfTheHead() {
    String head = ledger.id(7);
    ledger.remove(7);

    assertThat(codes(ledger)).isEmpty();
    assertThat(codes(ledger, Golden.pinned().expecting(head, 0))).containsExactly(Code.E_ROLLBACK);
    assertThat(codes(ledger, Golden.pinned().expecting(null, 8))).containsExactly(Code.E_ROLLBACK);
  }

  @Test
  void seesALedgerThatIsGoneWhereItWasToldOfTheHead() {
    Verification gone = verifier.verify(List.of(), Golden.pinned().expecting(ledger.id(7), 8));

    assertThat(gone.result()).isEqualTo(Verification.Result.TAMPERED);
    assertThat(verifier.verify(List.of(), Golden.pinned()).result())
        .isEqualTo(Verification.Result.UNDECIDED);
  }

  @Test
  void seesARunThatSaysTwoThings() {
    JsonObject other = ledger.body(5).with("tool", tool("2.0.0"));
    ledger.add(Forge.line(other, Keys.CI_2));

    assertThat(codes(ledger)).containsExactly(Code.E_EQUIVOCATION);
  }

  @Test
  void letsOneRunDecideTwoThings() {
    JsonObject decision =
        ledger.body(5).object("decision").with("input", Json.text("0".repeat(64)));
    ledger.add(Forge.line(ledger.body(5).with("decision", decision), Keys.CI_2));

    assertThat(codes(ledger)).isEmpty();
  }

  @Test
  void seesAnExecutionThatSaysTwoThings() {
    ledger.add(Forge.line(ledger.body(6).with("tool", tool("2.0.0")), Keys.CI_2));

    assertThat(codes(ledger)).containsExactly(Code.E_EQUIVOCATION);
  }

  @Test
  void seesALineOfAnotherRepository() {
    JsonObject repo = ledger.body(7).object("repo").with("id", Json.number(1));
    ledger.resign(7, body -> body.with("repo", repo), Keys.CI_2);

    assertThat(codes(ledger)).containsExactly(Code.E_FOREIGN);
  }

  @Test
  void seesALineOfAnotherLedger() {
    ledger.resign(7, body -> body.with("ledger", Json.text("0".repeat(64))), Keys.CI_2);

    assertThat(codes(ledger)).containsExactly(Code.E_FOREIGN);
  }

  @Test
  void letsTheRepositoryBeRenamed() {
    JsonObject repo = ledger.body(7).object("repo").with("name", Json.text("new/name"));
    ledger.resign(7, body -> body.with("repo", repo), Keys.CI_2);

    assertThat(codes(ledger)).isEmpty();
  }

  @Test
  void seesALineRepeatedInOneContainer() {
    ledger.add(ledger.line(5));

    assertThat(codes(ledger)).containsExactly(Code.E_DUP);
  }

  @Test
  void countsALineInTwoContainersOnce() {
    Container shard =
        new Container(
            Container.shard(10), Bytes.utf8(ledger.line(5) + "\n" + ledger.line(6) + "\n"));
    Verification both =
        verifier.verify(List.of(shard, ledger.containers().getFirst()), Golden.pinned());

    assertThat(both.result()).isEqualTo(Verification.Result.OK);
    assertThat(both.size()).isEqualTo(8);
  }

  @Test
  void seesABadSignatureOnTheSecondCopyOfALine() {
    String bad = Forge.line(ledger.body(5), List.of(Forge.forged(ledger.body(5), Keys.CI_2)));
    Container shard = new Container(Container.shard(10), Bytes.utf8(bad + "\n"));
    List<Finding> found =
        verifier.verify(List.of(shard, ledger.containers().getFirst()), Golden.pinned()).findings();

    assertThat(found).extracting(Finding::code).containsExactly(Code.E_SIG);
    assertThat(found).extracting(Finding::pr).containsExactly(10);
  }

  @Test
  void findsAParentInAnotherContainer() {
    Container shard = new Container(Container.shard(10), Bytes.utf8(ledger.line(5) + "\n"));
    ledger.remove(5);

    assertThat(
            verifier
                .verify(List.of(shard, ledger.containers().getFirst()), Golden.pinned())
                .findings())
        .isEmpty();
  }

  @Test
  void seesASwappedKey() {
    JsonObject body = ledger.body(7);
    ledger.edit(7, _ -> Forge.line(body, List.of(Forge.forged(body, Keys.CI_2))));

    assertThat(codes(ledger)).containsExactly(Code.E_SIG);
  }

  @Test
  void seesAMalleatedSignature() {
    String old = String.valueOf(ledger.signature(7).text("sig"));
    ledger.edit(7, line -> line.replace(old, Forge.malleated(old)));

    assertThat(codes(ledger)).containsExactly(Code.E_SIG);
  }

  @Test
  void seesASignatureSpeltInAnotherWay() {
    // The last digit before the padding has four bits that say nothing.
    ledger.edit(7, line -> line.replace("AQ==\"}", "AR==\"}"));

    assertThat(codes(ledger)).containsExactly(Code.E_SIG);
  }

  @Test
  void seesASignatureMadeForGit() {
    JsonObject body = ledger.body(7);
    byte[] canonical = CanonicalJson.bytes(body);
    JsonObject signature = Forge.signature(Keys.CI_2.sign(canonical, SshSignature.GIT));
    ledger.edit(7, _ -> Forge.line(body, List.of(signature)));

    assertThat(codes(ledger)).containsExactly(Code.E_SIG);
  }

  @Test
  void rejectsALineWithABadSignatureByAKnownKeyBesideAGoodOne() {
    JsonObject body = ledger.body(7);
    JsonObject good = ledger.signature(7);
    ledger.edit(7, _ -> Forge.line(body, List.of(good, Forge.forged(body, Keys.CI_2))));

    assertThat(codes(ledger)).containsExactly(Code.E_SIG);
  }

  @Test
  void ignoresSignaturesByUnknownKeysAndOfUnknownKinds() {
    JsonObject body = ledger.body(7);
    JsonObject later = Json.object().put("alg", "rfc3161").put("token", "AAAA").build();
    JsonObject strange = Forge.forged(body, Keys.EVIL);
    ledger.edit(
        7, _ -> Forge.line(body, List.of(later, strange, Forge.signature(body, Keys.CI_2))));

    assertThat(codes(ledger)).isEmpty();
  }

  @Test
  void seesANewRoot() {
    Forge other = Forge.empty();
    Json keys = Json.texts(List.of(Keys.EVIL.publicKey().line()));
    JsonObject root = Json.object().put("keys", keys).put("threshold", 1).build();
    other.add(Forge.line(ledger.body(0).with("root", root).with("signers", keys), Keys.EVIL));

    assertThat(codes(other)).containsExactly(Code.E_GENESIS);
    ledger.insert(1, other.line(0));
    assertThat(codes(ledger)).containsExactly(Code.E_GENESIS);
  }

  @Test
  void seesAStolenKeyUsedAfterItsRevocation() {
    ledger.resign(7, body -> body, Keys.CI_1);

    assertThat(codes(ledger)).containsExactly(Code.E_KEY_REVOKED);
  }

  @Test
  void seesAStolenKeyThatDatesItselfBack() {
    ledger.add(
        Forge.line(Forge.child(ledger.body(1), ledger.body(1), ledger.id(1), 66), Keys.CI_1));

    assertThat(codes(ledger)).containsExactly(Code.E_KEY_REVOKED);
  }

  @Test
  void seesAKeyUsedBeforeItWasAdded() {
    ledger.add(
        Forge.line(Forge.child(ledger.body(1), ledger.body(1), ledger.id(1), 66), Keys.CI_2));

    assertThat(codes(ledger)).containsExactly(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void seesATimeBeforeThatOfAParent() {
    ledger.resign(7, body -> body.with("ts", Json.text("2026-01-05T00:59:59Z")), Keys.CI_2);

    assertThat(codes(ledger)).containsExactly(Code.E_TIME);
  }

  @Test
  void seesAWrongHeight() {
    ledger.resign(7, body -> body.with("height", Json.number(7)), Keys.CI_2);

    assertThat(codes(ledger)).containsExactly(Code.E_HEIGHT);
  }

  @Test
  void seesARunSignedByARootKey() {
    ledger.resign(7, body -> body, Keys.ROOT_1);

    assertThat(codes(ledger)).containsExactly(Code.E_ROLE);
  }

  @Test
  void seesAKeyEntrySignedByARunKeyAndDoesNotFollowIt() {
    ledger.resign(4, body -> body, Keys.CI_1);

    assertThat(codes(ledger))
        .containsExactlyInAnyOrder(
            Code.E_ROLE, Code.E_NO_TRUSTED_SIG, Code.E_NO_TRUSTED_SIG, Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void seesAnExecutionOfAnotherTree() {
    ledger.resign(6, body -> body.with("tree", Json.text("0".repeat(40))), Keys.CI_2).remove(7);

    assertThat(codes(ledger)).containsExactly(Code.E_PROFILE);
  }

  @Test
  void seesAnExecutionOfWhatIsNoRunBeforeIt() {
    ledger.remove(7);
    for (String entry : List.of(ledger.id(4), "0".repeat(64))) {
      ledger.resign(6, body -> body.with("entry", Json.text(entry)), Keys.CI_2);
      assertThat(codes(ledger)).containsExactly(Code.E_PROFILE);
    }
  }

  @Test
  void seesAnUnsignedLedgerWhereSignaturesAreDemanded() {
    Forge unsigned = Forge.golden("unsigned.jsonl");

    assertThat(codes(unsigned, VerifyOptions.standard())).isEmpty();
    assertThat(codes(unsigned, VerifyOptions.standard().requiringSignatures()))
        .containsExactly(Code.E_NO_TRUSTED_SIG);
    assertThat(codes(unsigned, VerifyOptions.standard().withPinnedGenesis(unsigned.id(0))))
        .containsExactly(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void seesKeysAndSignaturesInAnUnsignedLedger() {
    Forge unsigned = Forge.golden("unsigned.jsonl");
    JsonObject key =
        ledger
            .body(4)
            .with("ledger", Json.text(unsigned.id(0)))
            .with("repo", unsigned.body(0).object("repo"))
            .with("parents", Json.texts(List.of(unsigned.id(2))))
            .with("ts", Json.text("2026-03-01T00:00:00Z"));
    unsigned.add(Forge.line(key)).resign(2, body -> body, Keys.EVIL);

    assertThat(codes(unsigned, VerifyOptions.standard()))
        .containsExactlyInAnyOrder(Code.E_ROLE, Code.E_PROFILE);
  }

  @Test
  void ignoresALocalLedgerBesideTheRepositorysOwn() {
    Forge local = Forge.golden("unsigned.jsonl");
    for (int i = 0; i < 8; i++) {
      local.add(ledger.line(i));
    }
    Verification verification =
        verifier.verify(local.containers(), VerifyOptions.standard().allowingTofu());

    assertThat(verification.result()).isEqualTo(Verification.Result.OK);
    assertThat(verification.genesis()).isEqualTo(Golden.GENESIS);
    assertThat(verification.size()).isEqualTo(8);
    assertThat(verification.warnings()).extracting(Finding::code).contains(Code.W_FOREIGN_LOCAL);
  }

  @Test
  void reportsEveryFindingAndNotTheFirstAlone() {
    ledger
        .rehash(1, TamperingTest::byAnotherActor)
        .resign(7, body -> body.with("height", Json.number(9)), Keys.EVIL)
        .add("<<<<<<< HEAD");

    assertThat(codes(ledger))
        .containsExactlyInAnyOrder(
            Code.E_SYNTAX, Code.E_PARENT_MISSING, Code.E_HEIGHT, Code.E_SIG, Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void leavesEntriesWithFindingsOutOfTheIntactOnes() {
    ledger.resign(7, body -> body, Keys.EVIL);

    assertThat(verifier.verify(ledger.containers(), Golden.pinned()).entries())
        .extracting(Entry::id)
        .hasSize(7)
        .doesNotContain(ledger.id(7));
  }

  @Test
  void checksHeadsKeysAndGenesisWhereItFollowsLinksAlone() {
    VerifyOptions links = Golden.pinned().checking(VerifyOptions.Signatures.LINKS);
    String inner = Forge.line(ledger.body(5), List.of(Forge.forged(ledger.body(5), Keys.CI_2)));
    String head = Forge.line(ledger.body(7), List.of(Forge.forged(ledger.body(7), Keys.CI_2)));
    String key = Forge.line(ledger.body(4), List.of(Forge.forged(ledger.body(4), Keys.ROOT_2)));

    assertThat(codes(Forge.golden("ledger-full.jsonl").edit(5, _ -> inner), links)).isEmpty();
    assertThat(codes(Forge.golden("ledger-full.jsonl").edit(7, _ -> head), links))
        .containsExactly(Code.E_SIG);
    assertThat(codes(Forge.golden("ledger-full.jsonl").edit(4, _ -> key), links))
        .contains(Code.E_SIG);
  }

  private static JsonObject byAnotherActor(JsonObject body) {
    return body.with("run", body.object("run").with("actor", Json.text("octo-evil")));
  }

  private JsonObject anotherRun(long runId) {
    return Forge.child(ledger.body(5), ledger.body(7), ledger.id(7), runId);
  }

  private static JsonObject tool(String version) {
    return Json.object().put("name", "optr").put("version", version).build();
  }

  private List<Finding> findings(Forge forge) {
    return verifier.verify(forge.containers(), Golden.pinned()).findings();
  }

  private List<Code> codes(Forge forge) {
    return codes(forge, Golden.pinned());
  }

  private List<Code> codes(Forge forge, VerifyOptions options) {
    Verification verification = verifier.verify(forge.containers(), options);
    assertThat(verification.result())
        .isEqualTo(
            verification.findings().isEmpty()
                ? Verification.Result.OK
                : Verification.Result.TAMPERED);
    return verification.findings().stream().map(Finding::code).toList();
  }
}
