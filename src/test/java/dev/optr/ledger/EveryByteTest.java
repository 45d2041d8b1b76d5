package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One wrong bit anywhere is found, in signed ledgers and in unsigned ones alike. What an unsigned
 * ledger cannot show is somebody who computes all ids anew; see {@link EveryLineTest}.
 */
final class EveryByteTest {
  private final LedgerVerifier verifier = new LedgerVerifier();

  /** The other two golden ledgers have the same lines. */
  @ParameterizedTest
  @ValueSource(strings = {"ledger-full.jsonl", "unsigned.jsonl"})
  void everyBitOfEveryByteCounts(String file) {
    byte[] whole = Golden.file(file).toArray();
    assertThat(result(whole)).isEqualTo(Verification.Result.OK);
    List<Integer> taken =
        IntStream.range(0, 8 * whole.length)
            .parallel()
            .filter(bit -> isTaken(flipped(whole, bit), bit / 8))
            .boxed()
            .toList();

    assertThat(taken).as("bits that nobody would miss").isEmpty();
  }

  /** The same without the short cut over the reader of lines. */
  @Test
  void theVerifierSaysOfEveryByteWhatTheReaderOfLinesSays() {
    byte[] whole = start("ledger.jsonl", 2);
    assertThat(result(whole)).isEqualTo(Verification.Result.OK);
    for (int i = 0; i < whole.length; i++) {
      assertThat(result(flipped(whole, 8 * i + i % 8)))
          .as("bit %d of byte %d", i % 8, i)
          .isEqualTo(Verification.Result.TAMPERED);
    }
  }

  @Test
  void neverAcceptsALedgerWithOneByteMissingOrTooMany() {
    byte[] whole = start("unsigned.jsonl", 2);
    for (int i = 0; i < whole.length; i++) {
      byte[] shorter = new byte[whole.length - 1];
      System.arraycopy(whole, 0, shorter, 0, i);
      System.arraycopy(whole, i + 1, shorter, i, whole.length - i - 1);
      byte[] longer = Arrays.copyOf(whole, whole.length + 1);
      System.arraycopy(whole, i, longer, i + 1, whole.length - i);
      assertThat(result(shorter)).as("without byte %d", i).isEqualTo(Verification.Result.TAMPERED);
      assertThat(result(longer)).as("byte %d twice", i).isEqualTo(Verification.Result.TAMPERED);
    }
  }

  /** A cut between two lines leaves an older state of the ledger, which only memory tells apart. */
  @ParameterizedTest
  @ValueSource(strings = {"ledger-full.jsonl", "unsigned.jsonl"})
  void everyCutIsFoundButThoseBetweenLines(String file) {
    byte[] whole = Golden.file(file).toArray();
    String head = Forge.golden(file).id((int) Golden.file(file).utf8().lines().count() - 1);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length > 0 && whole[length - 1] != '\n') {
        Findings found = new Findings();
        LedgerLines.read(containers(cut), found);
        assertThat(found.findings())
            .extracting(Finding::code)
            .as("length %d", length)
            .containsExactly(Code.E_SYNTAX);
      } else {
        // Without a genesis, of which nothing is left, there is nothing to decide on.
        assertThat(result(cut))
            .as("length %d", length)
            .isEqualTo(length == 0 ? Verification.Result.UNDECIDED : Verification.Result.OK);
        assertThat(verify(cut, options(whole).expecting(head, 0)).findings())
            .extracting(Finding::code)
            .as("length %d", length)
            .contains(Code.E_ROLLBACK);
      }
    }
  }

  /**
   * Whether a ledger with one wrong byte passes. What the reader of lines refuses is a finding
   * whatever the other lines are; all else is verified, up to the line with that byte.
   */
  private boolean isTaken(byte[] flipped, int at) {
    int start = at;
    while (start > 0 && flipped[start - 1] != '\n') {
      start--;
    }
    int end = at;
    while (end < flipped.length && flipped[end] != '\n') {
      end++;
    }
    if (end == flipped.length) {
      return false;
    }
    byte[] line = Arrays.copyOfRange(flipped, start, end);
    return new LineReader().read(Container.MAIN, 1, line) instanceof LineReader.Line.Intact
        && result(Arrays.copyOf(flipped, end + 1)) != Verification.Result.TAMPERED;
  }

  private static byte[] flipped(byte[] whole, int bit) {
    byte[] flipped = whole.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }

  private static byte[] start(String file, int lines) {
    Forge whole = Forge.golden(file);
    Forge start = Forge.empty();
    for (int i = 0; i < lines; i++) {
      start.add(whole.line(i));
    }
    return start.bytes().toArray();
  }

  private static VerifyOptions options(byte[] bytes) {
    boolean signed = Bytes.of(bytes).utf8().contains("ssh-ed25519");
    return signed ? Golden.pinned() : VerifyOptions.standard();
  }

  private Verification.Result result(byte[] bytes) {
    return verify(bytes, options(bytes)).result();
  }

  private Verification verify(byte[] bytes, VerifyOptions options) {
    return verifier.verify(containers(bytes), options);
  }

  private static List<Container> containers(byte[] bytes) {
    return List.of(new Container(Container.MAIN, Bytes.of(bytes)));
  }
}
