package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cases that the reference implementation of RFC 6962 is tested with. */
final class MerkleProofVectorsTest {
  @Test
  void judgesEveryInclusionProofAsTheReferenceDoes() throws IOException {
    List<JsonObject> cases = cases("merkle-rfc6962/testdata/inclusion");
    assertThat(cases).hasSize(98);
    assertThat(cases)
        .allSatisfy(
            vector ->
                assertThat(inclusion(vector))
                    .as("%s", vector.text("desc"))
                    .isInstanceOf(expected(vector)));
  }

  @Test
  void judgesEveryConsistencyProofAsTheReferenceDoes() throws IOException {
    List<JsonObject> cases = cases("merkle-rfc6962/testdata/consistency");
    assertThat(cases).hasSize(98);
    assertThat(cases)
        .allSatisfy(
            vector ->
                assertThat(consistency(vector))
                    .as("%s", vector.text("desc"))
                    .isInstanceOf(expected(vector)));
  }

  private static Class<? extends ProofCheck> expected(JsonObject vector) {
    return vector.isTrue("wantErr") ? ProofCheck.Refuted.class : ProofCheck.Proven.class;
  }

  private static ProofCheck inclusion(JsonObject vector) {
    return new InclusionProof(number(vector, "leafIdx"), number(vector, "treeSize"), hashes(vector))
        .check(hash(vector, "leafHash"), hash(vector, "root"));
  }

  private static ProofCheck consistency(JsonObject vector) {
    return new ConsistencyProof(number(vector, "size1"), number(vector, "size2"), hashes(vector))
        .check(hash(vector, "root1"), hash(vector, "root2"));
  }

  /** The vectors count in 64 bits without sign; a number beyond 2^63 is one below zero here. */
  private static long number(JsonObject vector, String name) {
    return vector.get(name) instanceof Json.Decimal(BigDecimal value) ? value.longValue() : -1;
  }

  private static List<Bytes> hashes(JsonObject vector) {
    return vector.array("proof").stream()
        .map(hash -> decoded(hash instanceof Json.Text(String base64) ? base64 : ""))
        .toList();
  }

  private static Bytes hash(JsonObject vector, String name) {
    String base64 = vector.text(name);
    return decoded(base64 == null ? "" : base64);
  }

  private static Bytes decoded(String base64) {
    return Bytes.of(Base64.getDecoder().decode(base64));
  }

  private static List<JsonObject> cases(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(Vectors.at(folder))) {
      return all.filter(file -> file.toString().endsWith(".json"))
          .map(MerkleProofVectorsTest::read)
          .toList();
    }
  }

  private static JsonObject read(Path file) {
    try {
      return JsonReader.readObject(Files.readAllBytes(file));
    } catch (IOException | JsonException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }
}
