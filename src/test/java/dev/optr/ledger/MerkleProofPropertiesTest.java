package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What RFC 6962 promises of proofs, on trees of many sizes. */
final class MerkleProofPropertiesTest {
  private static final int LARGEST = 300;
  private static final Map<List<Integer>, Bytes> HASHES = new ConcurrentHashMap<>();
  private static final Bytes FOREIGN = MerkleTree.leafHash(new byte[] {42});

  @Test
  void everyLeafOfEveryTreeIsProven() {
    for (int size = 1; size <= LARGEST; size++) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof =
            new InclusionProof(index, size, hashes(MerkleRanges.ofInclusion(index, size)));
        assertThat(proof.check(hash(index, index + 1), hash(0, size)))
            .as("leaf %d of %d", index, size)
            .isInstanceOf(ProofCheck.Proven.class);
      }
    }
  }

  @Test
  void everyBeginningOfEveryTreeIsProven() {
    for (int size = 1; size <= LARGEST; size++) {
      for (int oldSize = 1; oldSize <= size; oldSize++) {
        ConsistencyProof proof =
            new ConsistencyProof(oldSize, size, hashes(MerkleRanges.ofConsistency(oldSize, size)));
        assertThat(proof.check(hash(0, oldSize), hash(0, size)))
            .as("first %d of %d", oldSize, size)
            .isInstanceOf(ProofCheck.Proven.class);
      }
    }
  }

  @Test
  void aFileGivesTheHashesThatTheDefinitionGives() throws IOException {
    for (int size = 1; size <= 40; size++) {
      MerkleProver prover = prover(size);
      assertThat(prover.tree()).isEqualTo(new MerkleProver.Tree(size, hash(0, size)));
      for (int place = 0; place < size; place++) {
        MerkleProver.Included included = prover.inclusion(place);
        assertThat(included.leafHash()).isEqualTo(hash(place, place + 1));
        assertThat(included.root()).isEqualTo(hash(0, size));
        assertThat(included.proof().hashes())
            .isEqualTo(hashes(MerkleRanges.ofInclusion(place, size)));
        MerkleProver.Consistent consistent = prover.consistency(place + 1);
        assertThat(consistent.oldRoot()).isEqualTo(hash(0, place + 1));
        assertThat(consistent.root()).isEqualTo(hash(0, size));
        assertThat(consistent.proof().hashes())
            .isEqualTo(hashes(MerkleRanges.ofConsistency(place + 1, size)));
      }
    }
  }

  @Property
  void noOtherLeafRootOrPlaceIsProvenByAnInclusionProof(
      @ForAll @IntRange(min = 2, max = LARGEST) int size,
      @ForAll @IntRange(max = LARGEST) int place,
      @ForAll @IntRange(max = 255) int bit)
      throws IOException {
    int index = place % size;
    MerkleProver.Included made = prover(size).inclusion(index);
    InclusionProof proof = made.proof();
    assertRefuted(proof.check(flipped(made.leafHash(), bit), made.root()));
    assertRefuted(proof.check(made.leafHash(), flipped(made.root(), bit)));
    for (List<Bytes> hashes : mistreated(proof.hashes(), bit)) {
      assertRefuted(new InclusionProof(index, size, hashes).check(made.leafHash(), made.root()));
    }
    for (int other = 0; other < size; other++) {
      if (other != index) {
        assertRefuted(
            new InclusionProof(other, size, proof.hashes()).check(made.leafHash(), made.root()));
      }
    }
  }

  @Property
  void noOtherRootIsProvenByAConsistencyProof(
      @ForAll @IntRange(min = 2, max = LARGEST) int size,
      @ForAll @IntRange(max = LARGEST) int place,
      @ForAll @IntRange(max = 255) int bit)
      throws IOException {
    int oldSize = 1 + place % (size - 1);
    MerkleProver.Consistent made = prover(size).consistency(oldSize);
    ConsistencyProof proof = made.proof();
    assertRefuted(proof.check(flipped(made.oldRoot(), bit), made.root()));
    assertRefuted(proof.check(made.oldRoot(), flipped(made.root(), bit)));
    assertRefuted(proof.check(made.root(), made.oldRoot()));
    for (List<Bytes> hashes : mistreated(proof.hashes(), bit)) {
      assertRefuted(new ConsistencyProof(oldSize, size, hashes).check(made.oldRoot(), made.root()));
    }
    assertRefuted(
        new ConsistencyProof(size, oldSize, proof.hashes()).check(made.root(), made.oldRoot()));
  }

  @Property
  void neverFailsOnNumbersAndHashesThatMakeNoSense(
      @ForAll long one, @ForAll long other, @ForAll @IntRange(max = 70) int many) {
    List<Bytes> hashes = IntStream.range(0, many).mapToObj(_ -> FOREIGN).toList();
    assertRefuted(new InclusionProof(one, other, hashes).check(FOREIGN, Bytes.utf8("")));
    assertRefuted(new ConsistencyProof(one, other, hashes).check(Bytes.utf8(""), FOREIGN));
  }

  @Test
  void refusesLinesThatAreNotThere() {
    assertThatThrownBy(() -> prover(3).inclusion(3)).hasMessage("of 3 lines there is no line 3");
    assertThatThrownBy(() -> prover(3).consistency(4))
        .hasMessage("of 3 lines there are no first 4");
    assertThatThrownBy(() -> prover(3).consistency(0))
        .hasMessage("of 3 lines there are no first 0");
  }

  @Test
  void refusesFilesThatAreNoLines() {
    assertThatThrownBy(() -> new MerkleProver(source("a\nb")).tree())
        .hasMessage("line 2 does not end with LF");
    assertThatThrownBy(() -> new MerkleProver(source("x".repeat(65_537) + "\n")).tree())
        .hasMessage("line 1 is longer than 65536 bytes");
  }

  @Test
  void readsLinesAcrossTheBlocksOfAFile() throws IOException {
    String longest = "x".repeat(65_536);
    String text = "\n" + longest + "\na\n" + longest + "\n";

    MerkleProver.Tree tree = new MerkleProver(source(text)).tree();

    assertThat(tree.size()).isEqualTo(4);
    assertThat(MerkleTree.hex(tree.root()))
        .isEqualTo(
            MerkleTree.root(
                List.of(
                    Bytes.utf8(""), Bytes.utf8(longest), Bytes.utf8("a"), Bytes.utf8(longest))));
  }

  @Test
  void saysBothHashesWhereTheyDiffer() throws IOException {
    MerkleProver.Included made = prover(2).inclusion(0);
    assertThat(made.proof().check(made.leafHash(), FOREIGN))
        .isEqualTo(
            new ProofCheck.Refuted(
                "the leaf and the hashes give the root '%s', which is not the given '%s'"
                    .formatted(root(2), MerkleTree.hex(FOREIGN))));
  }

  private static void assertRefuted(ProofCheck check) {
    assertThat(check).isInstanceOf(ProofCheck.Refuted.class);
  }

  /** One bit flipped, one hash lost, doubled or foreign, two swapped, in every place. */
  private static List<List<Bytes>> mistreated(List<Bytes> hashes, int bit) {
    List<List<Bytes>> all = new ArrayList<>();
    for (int i = 0; i < hashes.size(); i++) {
      all.add(changed(hashes, i, List.of(flipped(hashes.get(i), bit))));
      all.add(changed(hashes, i, List.of()));
      all.add(changed(hashes, i, List.of(hashes.get(i), hashes.get(i))));
      all.add(changed(hashes, i, List.of(FOREIGN, hashes.get(i))));
      if (i > 0) {
        List<Bytes> swapped = new ArrayList<>(hashes);
        swapped.set(i, hashes.get(i - 1));
        swapped.set(i - 1, hashes.get(i));
        all.add(swapped);
      }
    }
    List<Bytes> longer = new ArrayList<>(hashes);
    longer.add(FOREIGN);
    all.add(longer);
    return all;
  }

  private static List<Bytes> changed(List<Bytes> hashes, int index, List<Bytes> instead) {
    List<Bytes> changed = new ArrayList<>(hashes.subList(0, index));
    changed.addAll(instead);
    changed.addAll(hashes.subList(index + 1, hashes.size()));
    return changed;
  }

  private static Bytes flipped(Bytes hash, int bit) {
    byte[] bytes = hash.toArray();
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    return Bytes.of(bytes);
  }

  private static List<Bytes> hashes(List<MerkleRanges.Range> ranges) {
    return ranges.stream().map(range -> hash((int) range.start(), (int) range.end())).toList();
  }

  /** MTH of RFC 6962, section 2.1, over some of the leaves, word for word. */
  private static Bytes hash(int start, int end) {
    Bytes known = HASHES.get(List.of(start, end));
    if (known != null) {
      return known;
    }
    int left = Integer.highestOneBit(end - start - 1);
    Bytes hash =
        end - start == 1
            ? MerkleTree.leafHash(leaf(start).toArray())
            : MerkleTree.nodeHash(hash(start, start + left), hash(start + left, end));
    HASHES.put(List.of(start, end), hash);
    return hash;
  }

  private static Bytes leaf(int index) {
    return Bytes.utf8("line " + index);
  }

  private static String root(int size) {
    return MerkleTree.root(
        IntStream.range(0, size).mapToObj(MerkleProofPropertiesTest::leaf).toList());
  }

  private static MerkleProver prover(int size) {
    return new MerkleProver(
        source(
            IntStream.range(0, size)
                .mapToObj(index -> leaf(index).utf8() + "\n")
                .collect(Collectors.joining())));
  }

  private static LineSource source(String text) {
    return () -> new ByteArrayInputStream(Bytes.utf8(text).toArray());
  }
}
