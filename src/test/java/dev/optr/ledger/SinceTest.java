package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is seen, and what by design is not, where an entry is known to have been verified before.
 * Lines of the golden ledger: 0 genesis, 1 and 2 runs beside each other, 3 a run on both, 4 ci-2
 * added and ci-1 revoked, 5 a run, 6 its execution, 7 its outcome.
 */
final class SinceTest {
  private final Forge ledger = Forge.golden("ledger-full.jsonl");
  private final VerifyOptions since5 = Golden.pinned().since(ledger.id(5));

  @Test
  void acceptsWhatIsIntactAndCountsAsOutsideMemory() {
    Verification verification = verify(since5);

    assertThat(verification.result()).isEqualTo(Verification.Result.OK);
    assertThat(verification.warnings()).isEmpty();
  }

  @Test
  void doesNotComputeTheSignaturesOfWhatIsCovered() {
    ledger.edit(3, _ -> Forge.line(ledger.body(3), List.of(forged(ledger.body(3)))));
    assertThat(codes(since5)).isEmpty();
    assertThat(codes(Golden.pinned())).containsExactly(Code.E_SIG);
  }

  @Test
  void stillAsksWhoSignedWhatIsCovered() {
    ledger.edit(3, _ -> Forge.line(ledger.body(3)));
    assertThat(codes(since5)).containsExactly(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void seesARevocationThatCameLaterAndLeavesCoveredEntriesOutside() {
    JsonObject revocation =
        Json.object()
            .put("key", Keys.CI_2.publicKey().fingerprint())
            .put("after", Json.texts(List.of(ledger.id(4))))
            .build();
    JsonObject key =
        Forge.child(ledger.body(4), ledger.body(7), ledger.id(7), 1)
            .without("run")
            .with("add", Json.array(List.of()))
            .with("revoke", Json.array(List.of(revocation)));
    ledger.add(Forge.line(key, Keys.ROOT_1));

    assertThat(codes(Golden.pinned().since(ledger.id(7))))
        .containsExactly(Code.E_KEY_REVOKED, Code.E_KEY_REVOKED, Code.E_KEY_REVOKED);
  }

  @Test
  void computesTheSignaturesOfWhatIsNotCovered() {
    for (int line : List.of(6, 7)) {
      Forge forged = Forge.golden("ledger-full.jsonl");
      forged.edit(line, _ -> Forge.line(forged.body(line), List.of(forged(forged.body(line)))));
      assertThat(codes(forged, since5)).containsExactly(Code.E_SIG);
    }
  }

  @Test
  void computesTheSignaturesOfABranchBesideIt() {
    VerifyOptions since1 = Golden.pinned().since(ledger.id(1));
    ledger.edit(2, _ -> Forge.line(ledger.body(2)));

    assertThat(codes(since1)).containsExactly(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void computesTheSignaturesOfKeysAndGenesisEvenWhereCovered() {
    ledger.edit(4, _ -> Forge.line(ledger.body(4)));
    assertThat(codes(since5)).contains(Code.E_NO_TRUSTED_SIG);

    Forge other = Forge.golden("ledger-full.jsonl");
    other.edit(0, _ -> Forge.line(other.body(0)));
    assertThat(codes(other, since5)).contains(Code.E_NO_TRUSTED_SIG);
  }

  @Test
  void seesEditsOfWhatIsCovered() {
    ledger.edit(1, line -> line.replace("octo-user", "octo-evil"));
    assertThat(codes(since5)).containsExactly(Code.E_ID);

    Forge rehashed = Forge.golden("ledger-full.jsonl");
    rehashed.rehash(1, body -> body.with("ts", Json.text("2026-01-02T11:00:00Z")));
    assertThat(codes(rehashed, since5)).contains(Code.E_PARENT_MISSING);
  }

  @Test
  void seesThatSomethingItCoversIsGone() {
    ledger.remove(2);

    assertThat(codes(since5)).contains(Code.E_PARENT_MISSING);
  }

  @Test
  void seesThatItIsGoneItself() {
    for (int line = 7; line >= 5; line--) {
      ledger.remove(line);
    }
    assertThat(codes(since5)).containsExactly(Code.E_ROLLBACK);
    assertThat(codes(Golden.pinned())).isEmpty();
    assertThat(codes(Golden.pinned().since("no id"))).containsExactly(Code.E_ROLLBACK);
  }

  @Test
  void seesThatANewRunRepeatsTheActOfACoveredOne() {
    JsonObject tool = Json.object().put("name", "optr").put("version", "2.0.0").build();
    ledger.add(Forge.line(ledger.body(5).with("tool", tool), Keys.CI_2));

    assertThat(codes(since5)).containsExactly(Code.E_EQUIVOCATION);
  }

  @Test
  void seesARevokedKeyAndABackdatedEntryBesideIt() {
    ledger.add(
        Forge.line(Forge.child(ledger.body(1), ledger.body(1), ledger.id(1), 66), Keys.CI_1));

    assertThat(codes(since5)).containsExactly(Code.E_KEY_REVOKED);
  }

  @Test
  void seesCoveredLinesDoubledMovedAndDamaged() {
    ledger.add(ledger.line(1));
    assertThat(codes(since5)).containsExactly(Code.E_DUP);

    assertThat(codes(Forge.golden("ledger-full.jsonl").swap(4, 5), since5))
        .containsExactly(Code.E_ORDER);
    assertThat(codes(Forge.golden("ledger-full.jsonl").edit(2, line -> line + " "), since5))
        .containsExactly(Code.E_NOT_CANONICAL);
  }

  @Test
  void trustsNoEntryOfAnotherLedger() {
    Forge other = Forge.golden("unsigned.jsonl");
    ledger.add(other.line(0)).add(other.line(1));

    assertThat(codes(Golden.pinned().since(other.id(1)))).contains(Code.E_ROLLBACK);
  }

  private static JsonObject forged(JsonObject body) {
    SshSignature evil =
        Keys.EVIL.sign(Bytes.of(CanonicalJson.bytes(body)).toArray(), SshSignature.ENTRY);
    String known =
        (Forge.number(body, "height") < 3 ? Keys.CI_1 : Keys.CI_2).publicKey().fingerprint();
    return Forge.signature(evil).with("key", Json.text(known));
  }

  private List<Code> codes(VerifyOptions options) {
    return codes(ledger, options);
  }

  private static List<Code> codes(Forge forge, VerifyOptions options) {
    return new LedgerVerifier()
        .verify(forge.containers(), options).findings().stream().map(Finding::code).toList();
  }

  private Verification verify(VerifyOptions options) {
    return new LedgerVerifier().verify(ledger.containers(), options);
  }
}
