package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Bytes;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Ed25519SignerTest {
  @TempDir Path folder = Path.of("");

  @Test
  void signsAsTheGoldenLedgerWasSigned() {
    // Ed25519 is deterministic: the same key and message give the same bytes everywhere.
    SshSignature signature = Keys.CI_1.sign(Golden.file("a.body").toArray(), SshSignature.ENTRY);

    assertThat(signature.armoured()).isEqualTo(Golden.file("a.sig").utf8());
    assertThat(Keys.CI_1.publicKey().fingerprint())
        .isEqualTo(Golden.json("keys.json").object("ci-1").text("fingerprint"));
    assertThat(Golden.file("allowed_signers").utf8()).contains(Keys.CI_1.publicKey().line());
  }

  @Test
  void readsKeysThatSshKeygenMakes() throws IOException, InterruptedException {
    Signer signer = Ed25519Signer.of(generated("-t", "ed25519", "-N", ""));

    assertThat(Files.readString(folder.resolve("key.pub")))
        .startsWith(signer.publicKey().line() + " ");
    assertThat(signer).asString().contains(signer.publicKey().fingerprint());
  }

  @Test
  void readsKeysWithTheLineEndsOfAnotherSystem() throws IOException, InterruptedException {
    String key = generated("-t", "ed25519", "-N", "").reveal();

    assertThat(Ed25519Signer.of(Secret.of(key.replace("\n", "\r\n"))).publicKey())
        .isEqualTo(Ed25519Signer.of(Secret.of(key)).publicKey());
  }

  @Test
  void refusesEncryptedKeysAndSaysTheWayOut() throws IOException, InterruptedException {
    Secret encrypted = generated("-t", "ed25519", "-N", "a passphrase");

    assertThatThrownBy(() -> Ed25519Signer.of(encrypted))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("passphrase")
        .hasMessageContaining("ssh-keygen -p");
    assertThatThrownBy(() -> Ed25519Signer.of(block("ENCRYPTED PRIVATE KEY", "AAAA")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("openssl pkey");
  }

  @Test
  void refusesKeysOfOtherKinds() throws IOException, InterruptedException {
    Secret ecdsa = generated("-t", "ecdsa", "-N", "");

    assertThatThrownBy(() -> Ed25519Signer.of(ecdsa))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no Ed25519 key")
        .hasMessageContaining("ssh-keygen -t ed25519");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENSSH PRIVATE KEY", "PRIVATE KEY", "RSA PRIVATE KEY"})
  void refusesDamagedKeysWithoutShowingThem(String kind) {
    for (String content :
        List.of("", "hunter2hunter2==", "????", "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU=")) {
      assertThatThrownBy(() -> Ed25519Signer.of(block(kind, content)))
          .isInstanceOf(UserException.class)
          .hasMessageNotContaining("hunter2")
          .hasNoCause();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ssh-ed25519 AAAA", "/home/me/.ssh/id_ed25519", "-----BEGIN PRIVATE KEY-----"})
  void refusesWhatIsNoPrivateKey(String text) {
    assertThatThrownBy(() -> Ed25519Signer.of(Secret.of(text)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("BEGIN and END");
  }

  @Test
  void signsEntriesThatSshKeygenVerifies() throws IOException, InterruptedException {
    byte[] message = Golden.file("d.body").toArray();
    SshSignature signature = Keys.CI_2.sign(message, SshSignature.ENTRY);

    assertThat(sshKeygenVerifies(signature, message, SshSignature.ENTRY)).isTrue();
    assertThat(sshKeygenVerifies(signature, message, SshSignature.GIT)).isFalse();
    message[3] ^= 1;
    assertThat(sshKeygenVerifies(signature, message, SshSignature.ENTRY)).isFalse();
  }

  @Test
  void readsSignaturesThatOpenSshMade() throws IOException {
    Path vectors = Vectors.at("sshsig/regress/unittests/sshsig/testdata");
    byte[] message = Files.readAllBytes(vectors.resolve("signed-data"));
    SshSignature signature =
        SshSignature.parse(Files.readString(vectors.resolve("ed25519.sig"))).orElseThrow();

    assertThat(signature.namespace())
        .isEqualTo(Files.readString(vectors.resolve("namespace")).strip());
    assertThat(signature.isGood(message)).isTrue();
    assertThat(Files.readString(vectors.resolve("ed25519.pub"))).startsWith(signature.key().line());
    message[0] ^= 1;
    assertThat(signature.isGood(message)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdsa", "ecdsa_sk", "ed25519_sk", "mldsa44-ed25519"})
  void readsNoSignaturesOfOtherKinds(String kind) throws IOException {
    Path vectors = Vectors.at("sshsig/regress/unittests/sshsig/testdata");

    assertThat(SshSignature.parse(Files.readString(vectors.resolve(kind + ".sig")))).isEmpty();
  }

  @Test
  void readsNoSignatureThatIsCutShortOrLonger() {
    String armoured = Golden.file("a.sig").utf8();

    assertThat(SshSignature.parse(armoured.replace("kDQ==", ""))).isEmpty();
    assertThat(SshSignature.parse(armoured.replace("kDQ==", "kDQAA"))).isEmpty();
    assertThat(SshSignature.parse("")).isEmpty();
    assertThat(SshSignature.parse("-----BEGIN SSH SIGNATURE-----")).isEmpty();
  }

  private boolean sshKeygenVerifies(SshSignature signature, byte[] message, String namespace)
      throws IOException, InterruptedException {
    Path file = folder.resolve("message.sig");
    Files.writeString(file, signature.armoured());
    return run(
            Bytes.of(message),
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            Path.of("src/test/resources/optr-golden/allowed_signers").toString(),
            "-I",
            "ci-2",
            "-n",
            namespace,
            "-s",
            file.toString())
        == 0;
  }

  private Secret generated(String... options) throws IOException, InterruptedException {
    Path file = folder.resolve("key");
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    command.addAll(List.of(options));
    assertThat(run(Bytes.utf8(""), command.toArray(String[]::new))).isZero();
    return Secret.of(Files.readString(file));
  }

  private int run(Bytes input, String... command) throws IOException, InterruptedException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "ssh-keygen"))),
        "no ssh-keygen on this machine");
    Path stdin = folder.resolve("stdin");
    Files.write(stdin, input.toArray());
    return new ProcessBuilder(command)
        .redirectInput(stdin.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static Secret block(String kind, String content) {
    return Secret.of("-----BEGIN " + kind + "-----\n" + content + "\n-----END " + kind + "-----");
  }
}
