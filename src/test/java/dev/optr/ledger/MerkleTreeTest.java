package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MerkleTreeTest {
  /** The leaves that the reference implementations of RFC 6962 are tested with. */
  private static final List<Bytes> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(hex -> Bytes.of(HexFormat.of().parseHex(hex)))
          .toList();

  @Test
  void hasTheDigestOfNothingAsTheRootOfNoLeaves() {
    assertThat(MerkleTree.root(List.of()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void hasTheDigestOfZeroAndTheLeafAsTheRootOfOne() {
    assertThat(MerkleTree.root(List.of(Bytes.utf8("L123456"))))
        .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  }

  @Test
  void hasTheRootsThatSoundInclusionProofsWereMadeFor() throws IOException, JsonException {
    Set<Long> sizes = new HashSet<>();
    for (JsonObject proof : sound("merkle-rfc6962/testdata/inclusion")) {
      checkRoot(proof, "treeSize", "root", sizes);
    }
    assertThat(sizes).isNotEmpty();
  }

  @Test
  void hasTheRootsThatSoundConsistencyProofsWereMadeFor() throws IOException, JsonException {
    Set<Long> sizes = new HashSet<>();
    for (JsonObject proof : sound("merkle-rfc6962/testdata/consistency")) {
      checkRoot(proof, "size1", "root1", sizes);
      checkRoot(proof, "size2", "root2", sizes);
    }
    assertThat(sizes).isNotEmpty();
  }

  private static void checkRoot(JsonObject proof, String size, String root, Set<Long> sizes) {
    long leaves = Forge.number(proof, size);
    String expected = String.valueOf(proof.text(root));
    assertThat(MerkleTree.root(LEAVES.subList(0, (int) leaves)))
        .as("%s", proof)
        .isEqualTo(HexFormat.of().formatHex(Base64.getDecoder().decode(expected)));
    sizes.add(leaves);
  }

  private static List<JsonObject> sound(String folder) throws IOException, JsonException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Vectors.at(folder))) {
      files = all.filter(file -> file.toString().endsWith(".json")).toList();
    }
    List<JsonObject> proofs = new ArrayList<>();
    for (Path file : files) {
      if (JsonReader.read(Files.readAllBytes(file)) instanceof JsonObject proof
          && Json.bool(false).equals(proof.get("wantErr"))
          // Those without a path are of made-up roots.
          && !proof.array("proof").isEmpty()) {
        proofs.add(proof);
      }
    }
    return proofs;
  }
}
