package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.PrettyJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our proofs of inclusion, as another implementation sees them. */
final class MerkleProofBySigstoreTest {
  @TempDir Path folder = Path.of("");

  @Test
  void takesOurProofsAndNoOthers() throws IOException, InterruptedException {
    Sigstore.assumeThere();
    Bytes ledger = Golden.file("ledger-full.jsonl");
    LedgerProver prover =
        new LedgerProver(
            () -> new ByteArrayInputStream(ledger.toArray()),
            _ -> new ProofDocument.Origin("ledger.jsonl", null, null));
    List<String> ids = ledger.utf8().lines().map(line -> Forge.parse(line).text("id")).toList();
    for (String id : ids) {
      ProofDocument proof = prover.inclusion(prover.find(id).getFirst());
      Files.writeString(folder.resolve(id + ".json"), PrettyJson.text(proof.json()));
    }

    String verdicts =
        Sigstore.node(
            folder,
            """
            const {verifyMerkleInclusion} = require("@sigstore/verify/dist/tlog/merkle.js");
            const fs = require("fs");
            const good = (proof, root) => {
              try {
                verifyMerkleInclusion(
                    {canonicalizedBody: Buffer.from(proof.line, "utf8"),
                     inclusionProof: {logIndex: String(proof.index),
                                      hashes: proof.hashes.map((hash) => Buffer.from(hash, "hex"))}},
                    {logSize: BigInt(proof.size), logHash: Buffer.from(root, "hex")});
                return true;
              } catch (e) { return false; }
            };
            const verdicts = fs.readdirSync(".").map((file) => {
              const proof = JSON.parse(fs.readFileSync(file));
              return good(proof, proof.root) && !good(proof, "00".repeat(32));
            });
            console.log(verdicts.length, verdicts.every((verdict) => verdict));
            """);

    assertThat(verdicts).isEqualTo(ids.size() + " true\n");
  }
}
