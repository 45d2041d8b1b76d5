package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Bytes;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.testing.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envelopes, checked by programs that are not ours. */
final class DsseTest {
  private static final String TYPE = DecisionStatement.PAYLOAD_TYPE;
  private static final Bytes PAYLOAD =
      Bytes.utf8("{\"_type\":\"https://in-toto.io/Statement/v1\"}");

  @TempDir Path folder = Path.of("");

  @Test
  void encodesAsTheProtocolsOwnExample() {
    assertThat(encoded("http://example.com/HelloWorld", "hello world"))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void countsBytesAndNotCharacters() {
    assertThat(encoded("\u00e4", "\u20ac")).isEqualTo("DSSEv1 2 \u00e4 3 \u20ac");
    assertThat(encoded("t", "")).isEqualTo("DSSEv1 1 t 0 ");
  }

  @Test
  void signsTypeAndPayloadByTheKeyThatItNames() {
    JsonObject envelope = Dsse.envelope(TYPE, PAYLOAD, Keys.CI_1);

    Schemas.assertValid("dsse-envelope", PrettyJson.text(envelope));
    assertThat(Base64.getDecoder().decode(envelope.text("payload"))).isEqualTo(PAYLOAD.toArray());
    JsonObject signature = signature(envelope);
    assertThat(signature.text("keyid")).isEqualTo(Keys.CI_1.publicKey().fingerprint());
    byte[] raw = Base64.getDecoder().decode(signature.text("sig"));
    byte[] key = Keys.CI_1.publicKey().point().toArray();
    byte[] signed = Dsse.preAuthenticationEncoding(TYPE, PAYLOAD.toArray());
    assertThat(Ed25519.confirm(key, signed, raw)).isTrue();
    assertThat(Ed25519.confirm(key, PAYLOAD.toArray(), raw)).isFalse();
    assertThat(
            Ed25519.confirm(
                key, Dsse.preAuthenticationEncoding("text/plain", PAYLOAD.toArray()), raw))
        .isFalse();
  }

  @Test
  void givesTheSameBytesEveryTime() {
    assertThat(Dsse.envelope(TYPE, PAYLOAD, Keys.CI_1))
        .isEqualTo(Dsse.envelope(TYPE, PAYLOAD, Keys.CI_1));
  }

  /** The lines of docs/in-toto.md. */
  @Test
  void isGoodForOpenssl() throws IOException, InterruptedException {
    Stream.of("bash", "jq", "openssl", "base64").forEach(DsseTest::assumeProgram);
    String page = Files.readString(Path.of("docs", "in-toto.md"));
    String script = page.substring(page.indexOf("```bash\n") + 8);
    Files.writeString(
        folder.resolve("decision.intoto.json"),
        PrettyJson.text(Dsse.envelope(TYPE, PAYLOAD, Keys.CI_1)));
    Files.writeString(folder.resolve("optr-key.pub"), Keys.CI_1.publicKey().line() + " ci\n");
    String lines = "set -e\n" + script.substring(0, script.indexOf("```"));

    assertThat(run("bash", "-c", lines)).isEqualTo("Signature Verified Successfully\n");

    Files.writeString(folder.resolve("optr-key.pub"), Keys.EVIL.publicKey().line() + "\n");
    assertThat(run("bash", "-c", lines)).contains("Signature Verification Failure");
  }

  @Test
  void isGoodForAnIndependentLibrary() throws IOException, InterruptedException {
    Sigstore.assumeThere();
    Files.writeString(
        folder.resolve("envelope.json"), PrettyJson.text(Dsse.envelope(TYPE, PAYLOAD, Keys.CI_1)));
    String verify =
        """
        const {crypto, dsse} = require("@sigstore/core");
        const envelope = JSON.parse(require("fs").readFileSync("envelope.json"));
        const point = Buffer.from(process.argv[1], "hex");
        const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), point]);
        const key = crypto.createPublicKey(spki);
        const good = (type) => crypto.verify(
            dsse.preAuthEncoding(type, Buffer.from(envelope.payload, "base64")), key,
            Buffer.from(envelope.signatures[0].sig, "base64"), null);
        console.log(good(envelope.payloadType), good("text/plain"));
        """;

    assertThat(Sigstore.node(folder, verify, MerkleTree.hex(Keys.CI_1.publicKey().point())))
        .isEqualTo("true false\n");
    assertThat(Sigstore.node(folder, verify, MerkleTree.hex(Keys.EVIL.publicKey().point())))
        .isEqualTo("false false\n");
  }

  private static String encoded(String type, String payload) {
    return new String(Dsse.preAuthenticationEncoding(type, payload.getBytes(UTF_8)), UTF_8);
  }

  private static JsonObject signature(JsonObject envelope) {
    return (JsonObject) envelope.array("signatures").getFirst();
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static void assumeProgram(String name) {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))),
        "no " + name + " on this machine");
  }
}
