package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes and mistreats ledgers line by line, with any key. */
final class Forge {
  private final List<String> lines;

  private Forge(List<String> lines) {
    this.lines = new ArrayList<>(lines);
  }

  /** A golden ledger, to be mistreated. */
  static Forge golden(String file) {
    return new Forge(Golden.file(file).utf8().lines().toList());
  }

  static Forge empty() {
    return new Forge(List.of());
  }

  /** One line with whatever body, signed as an honest writer would. */
  static String line(JsonObject body, Signer... signers) {
    byte[] canonical = CanonicalJson.bytes(body);
    List<JsonObject> signatures =
        Arrays.stream(signers)
            .map(signer -> signature(signer.sign(canonical, SshSignature.ENTRY)))
            .toList();
    return line(body, signatures);
  }

  static String line(JsonObject body, List<JsonObject> signatures) {
    return CanonicalJson.text(
        Json.object()
            .put("body", body)
            .put("id", Digest.tagged(SshSignature.ENTRY, CanonicalJson.bytes(body)))
            .put("sigs", Json.array(signatures))
            .build());
  }

  static JsonObject signature(SshSignature signature) {
    return Json.object()
        .put("alg", "ssh-ed25519")
        .put("key", signature.key().fingerprint())
        .put("sig", signature.base64())
        .build();
  }

  /** What a key signs of a body. */
  static JsonObject signature(JsonObject body, Signer signer) {
    return signature(signer.sign(CanonicalJson.bytes(body), SshSignature.ENTRY));
  }

  /** Names one key and is made by another, over something else. */
  static JsonObject forged(JsonObject body, Signer named) {
    SshSignature evil =
        Keys.EVIL.sign(Bytes.utf8("something else" + body).toArray(), SshSignature.ENTRY);
    return signature(evil).with("key", Json.text(named.publicKey().fingerprint()));
  }

  /** S + L, which verifies wherever S < L is not demanded (RFC 8032, section 5.1.7). */
  static String malleated(String base64) {
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] raw = Base64.getDecoder().decode(base64);
    byte[] s = reversed(Arrays.copyOfRange(raw, 32, 64));
    byte[] sum = new BigInteger(1, s).add(order).toByteArray();
    byte[] bigEndian = new byte[32];
    int length = Math.min(32, sum.length);
    System.arraycopy(sum, sum.length - length, bigEndian, 32 - length, length);
    System.arraycopy(reversed(bigEndian), 0, raw, 32, 32);
    return Base64.getEncoder().encodeToString(raw);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** The signature of a line that carries one. */
  JsonObject signature(int index) {
    return (JsonObject) parse(lines.get(index)).array("sigs").getFirst();
  }

  int size() {
    return lines.size();
  }

  String line(int index) {
    return lines.get(index);
  }

  JsonObject body(int index) {
    return parse(lines.get(index)).object("body");
  }

  String id(int index) {
    return String.valueOf(parse(lines.get(index)).text("id"));
  }

  Forge add(String line) {
    lines.add(line);
    return this;
  }

  Forge insert(int index, String line) {
    lines.add(index, line);
    return this;
  }

  Forge remove(int index) {
    lines.remove(index);
    return this;
  }

  Forge swap(int one, int other) {
    String line = lines.get(one);
    lines.set(one, lines.get(other));
    lines.set(other, line);
    return this;
  }

  /** Changes the text of a line and nothing else. */
  Forge edit(int index, UnaryOperator<String> change) {
    String changed = change.apply(lines.get(index));
    if (changed.equals(lines.get(index))) {
      throw new IllegalArgumentException("nothing changed in line " + index);
    }
    lines.set(index, changed);
    return this;
  }

  /** Changes a body and gives it the right id again, with the old signatures. */
  Forge rehash(int index, UnaryOperator<JsonObject> change) {
    List<JsonObject> signatures =
        parse(lines.get(index)).array("sigs").stream().map(JsonObject.class::cast).toList();
    lines.set(index, line(change.apply(body(index)), signatures));
    return this;
  }

  /** Changes a body and signs it anew. */
  Forge resign(int index, UnaryOperator<JsonObject> change, Signer... signers) {
    lines.set(index, line(change.apply(body(index)), signers));
    return this;
  }

  Bytes bytes() {
    return Bytes.utf8(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  List<Container> containers() {
    return List.of(new Container(Container.MAIN, bytes()));
  }

  /** A body put upon another entry: parents, height and run are made to fit. */
  static JsonObject child(JsonObject body, JsonObject parent, String parentId, long runId) {
    return body.with("parents", Json.texts(List.of(parentId)))
        .with("height", Json.number(1 + number(parent, "height")))
        .with("ts", Json.text(parent.text("ts")))
        .with("run", body.object("run").with("id", Json.number(runId)));
  }

  static long number(JsonObject object, String name) {
    Long value = object.integer(name);
    if (value == null) {
      throw new IllegalArgumentException("no integer " + name);
    }
    return value;
  }

  static JsonObject parse(String line) {
    try {
      if (JsonReader.read(line) instanceof JsonObject object) {
        return object;
      }
      throw new IllegalArgumentException("no object: " + line);
    } catch (JsonException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
