package dev.optr.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.ledger.Ed25519Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleSignatureTest {
  @TempDir private Path directory;
  private SampleBundles samples;
  private Path bundle;

  @BeforeEach
  void open() {
    samples = new SampleBundles(directory);
    bundle = directory.resolve("bundle");
  }

  @AfterEach
  void close() {
    samples.close();
  }

  @Test
  void isWhatSshKeygenVerifies() throws IOException, InterruptedException {
    Ed25519Signer signer = signer(directory);
    String digest = samples.writer(signer).write(bundle, samples.bundle());
    Files.writeString(
        directory.resolve("allowed_signers"), "optr " + signer.publicKey().line() + "\n");

    assertThat(verified("optr-bundle")).isZero();
    assertThat(verified("file")).isNotZero();
    assertThat(read(signer, digest).lanes()).hasSize(4);

    Files.writeString(bundle.resolve("SHA256SUMS"), "x");
    assertThat(verified("optr-bundle")).isNotZero();
  }

  @Test
  void mustBeThereWhereASignerIsExpected() throws IOException {
    Ed25519Signer signer = signer(directory);
    String digest = samples.write("bundle", samples.bundle());

    assertThatThrownBy(() -> read(signer, digest))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SHA256SUMS.sig: the bundle is not signed; expected by SHA256:");
  }

  @Test
  void mustBeOfThisSignerThisKindAndThisBundle() throws IOException {
    Ed25519Signer signer = signer(directory);
    Ed25519Signer other = signer(Files.createDirectories(directory.resolve("other")));
    String digest = samples.writer(other).write(bundle, samples.bundle());
    assertNoSignature(signer, digest);

    byte[] manifest = Files.readAllBytes(bundle.resolve("SHA256SUMS"));
    put(signer.sign(manifest, "git").armoured());
    assertNoSignature(signer, digest);
    put(signer.sign("x".getBytes(UTF_8), BundleWriter.NAMESPACE).armoured());
    assertNoSignature(signer, digest);
    put("");
    assertNoSignature(signer, digest);
    put(signer.sign(manifest, BundleWriter.NAMESPACE).armoured() + "\n");
    assertNoSignature(signer, digest);
    put(signer.sign(manifest, BundleWriter.NAMESPACE).armoured());
    assertThat(read(signer, digest).lanes()).hasSize(4);
  }

  @Test
  void isGoneWhereABundleIsWrittenAgainWithoutAKey() throws IOException {
    Ed25519Signer signer = signer(directory);
    String digest = samples.writer(signer).write(bundle, samples.bundle());

    assertThat(samples.write("bundle", samples.bundle())).isEqualTo(digest);

    assertThat(bundle.resolve("SHA256SUMS.sig")).doesNotExist();
  }

  /** A fresh key that ssh-keygen made. */
  static Ed25519Signer signer(Path directory) throws IOException {
    Path key = directory.resolve("key");
    try {
      int exit =
          new ProcessBuilder(
                  "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key.toString())
              .start()
              .waitFor();
      assertThat(exit).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return Ed25519Signer.of(Secret.of(Files.readString(key)));
  }

  private void put(String signature) throws IOException {
    Files.writeString(bundle.resolve("SHA256SUMS.sig"), signature);
  }

  private void assertNoSignature(Ed25519Signer signer, String digest) {
    assertThatThrownBy(() -> read(signer, digest))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SHA256SUMS.sig: it is no signature of this bundle by SHA256:");
  }

  private Bundle read(Ed25519Signer signer, String digest) {
    return new BundleReader(Optional.of(signer.publicKey()))
        .read(bundle, digest, samples.repository(), samples.trees());
  }

  private int verified(String namespace) throws IOException, InterruptedException {
    return new ProcessBuilder(
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            directory.resolve("allowed_signers").toString(),
            "-I",
            "optr",
            "-n",
            namespace,
            "-s",
            bundle.resolve("SHA256SUMS.sig").toString())
        .redirectInput(bundle.resolve("SHA256SUMS").toFile())
        .start()
        .waitFor();
  }
}
