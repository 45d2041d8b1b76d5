package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class GoldenLedgerTest {
  private final LedgerVerifier verifier = new LedgerVerifier();
  private final JsonObject manifest = Golden.json("manifest.json");

  @ParameterizedTest
  @CsvSource({"ledger.jsonl, heads, size", "ledger-full.jsonl, full_heads, full_size"})
  void verifiesSignedLedgersAgainstTheirPin(String file, String heads, String size) {
    Verification verification = verifier.verify(Golden.ledger(file), Golden.pinned());

    assertThat(verification.findings()).isEmpty();
    assertThat(verification.result()).isEqualTo(Verification.Result.OK);
    assertThat(verification.trust()).isEqualTo(Trust.PINNED);
    assertThat(verification.genesis()).isEqualTo(manifest.text("genesis"));
    assertThat(Json.texts(verification.heads())).isEqualTo(manifest.get(heads));
    assertThat(Json.number(verification.size())).isEqualTo(manifest.get(size));
    assertThat(verification.entries()).hasSize(verification.size());
  }

  @Test
  void verifiesTheSameEntriesInAnotherOrder() {
    Verification verification = verifier.verify(Golden.ledger("alt-order.jsonl"), Golden.pinned());

    assertThat(verification.result()).isEqualTo(Verification.Result.OK);
    assertThat(Json.texts(verification.heads())).isEqualTo(manifest.get("heads"));
  }

  @Test
  void verifiesTheUnsignedLedgerAndSaysSo() {
    Verification verification =
        verifier.verify(Golden.ledger("unsigned.jsonl"), VerifyOptions.standard());

    assertThat(verification.result()).isEqualTo(Verification.Result.OK);
    assertThat(verification.trust()).isEqualTo(Trust.NONE);
    assertThat(verification.genesis()).isEqualTo(manifest.text("unsigned_genesis"));
    assertThat(verification.warnings()).extracting(Finding::code).contains(Code.W_UNSIGNED);
  }

  @ParameterizedTest
  @EnumSource(VerifyOptions.Signatures.class)
  void doesNotDecideOnASignedLedgerThatNothingVouchesFor(VerifyOptions.Signatures which) {
    VerifyOptions options = VerifyOptions.standard().checking(which);
    List<Container> ledger = Golden.ledger("ledger-full.jsonl");

    assertThat(verifier.verify(ledger, options).result()).isEqualTo(Verification.Result.UNDECIDED);
    Verification allowed = verifier.verify(ledger, options.allowingTofu());
    assertThat(allowed.result()).isEqualTo(Verification.Result.OK);
    assertThat(allowed.trust()).isEqualTo(Trust.TOFU);
    assertThat(allowed.warnings()).extracting(Finding::code).contains(Code.W_TOFU);
  }

  @Test
  void trustsTheGenesisOfTheBaseCommit() {
    Verification verification =
        verifier.verify(
            Golden.ledger("ledger.jsonl"),
            VerifyOptions.standard().withBaseGenesis(Golden.GENESIS));

    assertThat(verification.result()).isEqualTo(Verification.Result.OK);
    assertThat(verification.trust()).isEqualTo(Trust.BASE);
    assertThat(LedgerVerifier.genesisOf(Golden.ledger("ledger.jsonl"))).contains(Golden.GENESIS);
  }

  @Test
  void derivesTheIdsOfTheManifestFromBodiesAlone() {
    List<Entry> entries = LedgerLines.read(Golden.ledger("ledger.jsonl"), new Findings()).entries();

    assertThat(
            Json.texts(
                entries.stream()
                    .map(
                        entry ->
                            Digest.tagged("optr-ledger-entry@v1", entry.canonicalBody().toArray()))
                    .toList()))
        .isEqualTo(manifest.get("ids"));
    assertThat(entries.getFirst().canonicalBody()).isEqualTo(Golden.file("genesis.body"));
    assertThat(entries.get(1).canonicalBody()).isEqualTo(Golden.file("a.body"));
  }

  @Test
  void derivesTheRootsOfTheManifestForEverySize() {
    List<Bytes> lines = LedgerLines.linesOf(Golden.file("ledger.jsonl"));
    Map<String, Json> roots = manifest.object("rfc6962_root_by_size_hex").members();

    assertThat(roots).hasSize(lines.size() + 1);
    roots.forEach(
        (size, root) ->
            assertThat(Json.text(MerkleTree.root(lines.subList(0, Integer.parseInt(size)))))
                .isEqualTo(root));
    assertThat(MerkleTree.root(LedgerLines.linesOf(Golden.file("alt-order.jsonl"))))
        .isEqualTo(manifest.text("alt_order_root_hex"));
  }

  @Test
  void rebuildsTheSignatureFilesFromKeyAndSignatureOfAnEntry() {
    List<Entry> entries = LedgerLines.read(Golden.ledger("ledger.jsonl"), new Findings()).entries();
    SshSignature signature = SshSignature.parse(Golden.file("a.sig").utf8()).orElseThrow();

    assertThat(signature.isGood(entries.get(1).canonicalBody().toArray())).isTrue();
    assertThat(signature.namespace()).isEqualTo(SshSignature.ENTRY);
    assertThat(signature.base64()).isEqualTo(entries.get(1).signatures().getFirst().signature());
    assertThat(signature.armoured()).isEqualTo(Golden.file("a.sig").utf8());
  }
}
