package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EveryByteTest {
  private final LedgerVerifier verifier = new LedgerVerifier();
  private final VerifyOptions options = VerifyOptions.standard().allowingTofu();

  @ParameterizedTest
  @CsvSource({"ledger.jsonl, 2", "unsigned.jsonl, 2"})
  void neverAcceptsALedgerWithOneBitFlipped(String file, int lines) {
    byte[] whole = start(file, lines);
    Verification sound = verify(whole);
    assertThat(sound.result()).isEqualTo(Verification.Result.OK);
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      assertThat(isTakenFor(sound, flipped)).as("bit %d of byte %d", i % 8, i).isFalse();
    }
  }

  @Test
  void neverAcceptsALedgerWithOneByteMissingOrTooMany() {
    byte[] whole = start("unsigned.jsonl", 2);
    Verification sound = verify(whole);
    for (int i = 0; i < whole.length; i++) {
      byte[] shorter = new byte[whole.length - 1];
      System.arraycopy(whole, 0, shorter, 0, i);
      System.arraycopy(whole, i + 1, shorter, i, whole.length - i - 1);
      byte[] longer = Arrays.copyOf(whole, whole.length + 1);
      System.arraycopy(whole, i, longer, i + 1, whole.length - i);
      assertThat(isTakenFor(sound, shorter)).as("without byte %d", i).isFalse();
      assertThat(isTakenFor(sound, longer)).as("with byte %d twice", i).isFalse();
    }
  }

  private static byte[] start(String file, int lines) {
    Forge whole = Forge.golden(file);
    Forge start = Forge.empty();
    for (int i = 0; i < lines; i++) {
      start.add(whole.line(i));
    }
    return start.bytes().toArray();
  }

  private boolean isTakenFor(Verification sound, byte[] bytes) {
    Verification verification = verify(bytes);
    return verification.result() == Verification.Result.OK
        && verification.heads().equals(sound.heads());
  }

  private Verification verify(byte[] bytes) {
    return verifier.verify(List.of(new Container(Container.MAIN, Bytes.of(bytes))), options);
  }
}
