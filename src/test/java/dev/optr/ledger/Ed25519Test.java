package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class Ed25519Test {
  @Test
  void agreesWithWycheproofInBothImplementations() throws IOException, JsonException {
    JsonObject vectors =
        JsonReader.readObject(
            Files.readAllBytes(Vectors.at("wycheproof/testvectors_v1/ed25519_test.json")));
    int cases = 0;
    for (Json group : vectors.array("testGroups")) {
      byte[] key = hex(((JsonObject) group).object("publicKey"), "pk");
      for (Json test : ((JsonObject) group).array("tests")) {
        JsonObject vector = (JsonObject) test;
        boolean valid = "valid".equals(vector.text("result"));
        byte[] message = hex(vector, "msg");
        byte[] signature = hex(vector, "sig");
        assertThat(Ed25519.verify(key, message, signature)).as("%s", vector).isEqualTo(valid);
        assertThat(Ed25519.confirm(key, message, signature)).as("%s", vector).isEqualTo(valid);
        cases++;
      }
    }
    assertThat(cases).isEqualTo(151);
  }

  @Test
  void confirmsNothingWithAKeyThatIsNoPoint() {
    byte[] key = HexFormat.of().parseHex("02" + "00".repeat(31));

    assertThat(Ed25519.isSoundKey(key)).isFalse();
    assertThat(Ed25519.confirm(key, new byte[0], new byte[64])).isFalse();
    assertThat(Ed25519.verify(key, new byte[0], new byte[64])).isFalse();
    assertThat(Ed25519.verify(new byte[31], new byte[0], new byte[64])).isFalse();
  }

  private static byte[] hex(JsonObject object, String name) {
    return HexFormat.of().parseHex(String.valueOf(object.text(name)));
  }
}
