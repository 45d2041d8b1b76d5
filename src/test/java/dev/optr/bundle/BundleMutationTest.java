package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.UserException;
import dev.optr.ledger.Ed25519Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleMutationTest {
  @TempDir private Path directory;

  @Test
  void refusesABundleWithAnyByteFlipped() throws IOException {
    try (SampleBundles samples = new SampleBundles(directory)) {
      Path bundle = directory.resolve("bundle");
      Ed25519Signer signer = BundleSignatureTest.signer(directory);
      String digest = samples.writer(signer).write(bundle, small(samples));
      BundleReader reader = new BundleReader(Optional.of(signer.publicKey()));
      assertThat(reader.open(bundle, digest).header().lanes()).containsExactly("claude");
      for (String file : BundleTest.files(bundle)) {
        byte[] bytes = Files.readAllBytes(bundle.resolve(file));
        for (int i = 0; i < bytes.length; i++) {
          byte[] flipped = bytes.clone();
          flipped[i] ^= (byte) (1 << (i % 8));
          Files.write(bundle.resolve(file), flipped);
          assertThatThrownBy(() -> reader.open(bundle, digest))
              .as(file + " at " + i)
              .isInstanceOf(UserException.class)
              .hasMessageContaining(file);
        }
        Files.write(bundle.resolve(file), bytes);
      }
      assertThat(reader.open(bundle, digest).header().lanes()).containsExactly("claude");
    }
  }

  /** With a manifest to match: refused, or a bundle like any other, never a fault of ours. */
  @Test
  void readsAnyForgeryAsABundleOrRefusesIt() throws IOException {
    try (SampleBundles samples = new SampleBundles(directory)) {
      Path bundle = directory.resolve("bundle");
      String digest = samples.write("bundle", small(samples));
      Forgery forgery = new Forgery(bundle);
      int refused = 0;
      for (String file : List.copyOf(forgery.files().keySet())) {
        byte[] bytes = forgery.bytes(file);
        int step = file.equals("rows.bundle") ? 3 : 11;
        for (int i = 0; i < bytes.length; i += step) {
          byte[] flipped = bytes.clone();
          flipped[i] ^= (byte) (1 << (i % 8));
          refused += isRefused(samples, forgery.put(file, flipped).seal()) ? 1 : 0;
        }
        String restored = forgery.put(file, bytes).seal();
        assertThat(restored).isEqualTo(digest);
      }
      assertThat(refused).isGreaterThan(500);
    }
  }

  private boolean isRefused(SampleBundles samples, String digest) {
    try {
      Bundle read = samples.read("bundle", digest);
      assertThat(samples.careless().write(directory.resolve("again"), read)).isEqualTo(digest);
      return false;
    } catch (UserException _) {
      return true;
    }
  }

  private static Bundle small(SampleBundles samples) {
    return samples.bundle(List.of(samples.claude("Renew the cookie")));
  }
}
