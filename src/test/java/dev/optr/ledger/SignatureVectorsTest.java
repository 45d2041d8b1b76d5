package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** RFC 8032 and OpenSSH's own signatures; Wycheproof's are in {@link Ed25519Test}. */
final class SignatureVectorsTest {
  private static final String OPENSSH = "sshsig/regress/unittests/sshsig/testdata";

  @Test
  void agreesWithRfc8032InBothImplementations() throws IOException, JsonException {
    JsonObject document =
        JsonReader.readObject(Files.readAllBytes(Vectors.at("rfc8032/vectors.json")));
    int cases = 0;
    for (Json json : document.array("vectors")) {
      JsonObject vector = (JsonObject) json;
      byte[] key = hex(vector, "public");
      byte[] message = hex(vector, "msg");
      byte[] signature = hex(vector, "sig");
      assertThat(Ed25519.isSoundKey(key)).isTrue();
      assertThat(Ed25519.verify(key, message, signature)).as("%s", vector).isTrue();
      assertThat(Ed25519.confirm(key, message, signature)).as("%s", vector).isTrue();
      assertThat(
              Ed25519Signer.of(Keys.pem(String.valueOf(vector.text("secret"))))
                  .publicKey()
                  .point()
                  .toArray())
          .isEqualTo(key);
      signature[cases] ^= 1;
      assertThat(Ed25519.verify(key, message, signature)).as("%s", vector).isFalse();
      assertThat(Ed25519.confirm(key, message, signature)).as("%s", vector).isFalse();
      cases++;
    }
    assertThat(cases).isEqualTo(3);
  }

  @Test
  void readsOfOpenSshsSignaturesThoseMadeWithEd25519() throws IOException {
    byte[] message = Files.readAllBytes(Vectors.at(OPENSSH).resolve("signed-data"));
    List<Path> files = withSuffix(".sig");
    for (Path file : files) {
      Optional<SshSignature> signature = SshSignature.parse(Files.readString(file));
      assertThat(signature.isPresent())
          .as("%s", file)
          .isEqualTo(file.getFileName().toString().equals("ed25519.sig"));
      signature.ifPresent(read -> assertThat(read.isGood(message)).isTrue());
    }
    assertThat(files).hasSize(7);
  }

  @Test
  void readsOfOpenSshsKeysThoseOfEd25519() throws IOException {
    List<Path> files = withSuffix(".pub");
    for (Path file : files) {
      String[] words = Files.readString(file).split("\\s+", 3);
      assertThat(SshPublicKey.parse(words[0] + " " + words[1]).isPresent())
          .as("%s", file)
          .isEqualTo(file.getFileName().toString().equals("ed25519.pub"));
    }
    assertThat(files).hasSize(7);
  }

  @Test
  void takesNoSignatureOfOpenSshWithOneBitFlipped() throws IOException {
    Path folder = Vectors.at(OPENSSH);
    byte[] message = Files.readAllBytes(folder.resolve("signed-data"));
    String armoured = Files.readString(folder.resolve("ed25519.sig"));
    SshSignature whole = SshSignature.parse(armoured).orElseThrow();
    byte[] blob =
        Base64.getMimeDecoder().decode(armoured.replaceAll("-----[A-Z ]+-----", "").strip());
    for (int bit = 0; bit < 8 * blob.length; bit++) {
      byte[] flipped = blob.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Optional<SshSignature> read = SshSignature.parse(armoured(flipped));
      assertThat(read.filter(signature -> signature.isGood(message))).as("bit %d", bit).isEmpty();
    }
    assertThat(SshSignature.parse(armoured(blob))).contains(whole);
  }

  private static String armoured(byte[] blob) {
    return "-----BEGIN SSH SIGNATURE-----\n"
        + new String(Base64.getMimeEncoder().encode(blob), ISO_8859_1)
        + "\n-----END SSH SIGNATURE-----\n";
  }

  private static List<Path> withSuffix(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(Vectors.at(OPENSSH))) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static byte[] hex(JsonObject object, String name) {
    return HexFormat.of().parseHex(String.valueOf(object.text(name)));
  }
}
