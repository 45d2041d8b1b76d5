package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The digest is the one that docs/ledger-commands.md describes, however many work on it. */
final class PrefixDigestTest {
  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, PrefixDigest.CHUNK - 1, PrefixDigest.CHUNK, PrefixDigest.CHUNK + 1, 11 << 20})
  void isSha256OverTheSha256OfEachChunk(int size) throws NoSuchAlgorithmException {
    byte[] bytes = new byte[size + 100];
    new Random(size).nextBytes(bytes);
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (int from = 0; from < size; from += PrefixDigest.CHUNK) {
      int to = Math.min(size, from + PrefixDigest.CHUNK);
      digests.writeBytes(sha256(Arrays.copyOfRange(bytes, from, to)));
    }
    String expected = HexFormat.of().formatHex(sha256(digests.toByteArray()));

    Content content = new Content.InMemory(Bytes.of(bytes));
    assertThat(new PrefixDigest(1).of(content, size)).isEqualTo(expected);
    assertThat(new PrefixDigest(3).of(content, size)).isEqualTo(expected);
  }

  private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
