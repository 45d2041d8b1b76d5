package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.ServiceException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes entries as lines. */
final class LineWriter {
  private static final Comparator<Json> BY_KEY =
      Comparator.comparing(signature -> ((JsonObject) signature).text("key"));

  private final Optional<Signer> signer;

  LineWriter(Optional<Signer> signer) {
    this.signer = signer;
  }

  /** The line without LF; read back, so that nothing is written that verification would refuse. */
  Entry write(Body body, String container, int lineNumber) {
    JsonObject json = BodyWriter.write(body);
    byte[] canonical = CanonicalJson.bytes(json);
    List<Json> signatures = signer.map(key -> signature(signed(key, canonical))).stream().toList();
    String id = Digest.tagged(SshSignature.ENTRY, canonical);
    return read(line(json, id, signatures), container, lineNumber);
  }

  /** The same entry with one more signature; whoever signs first, the line becomes the same. */
  static Entry signed(Entry entry, Signer signer) {
    JsonObject line = parse(entry);
    List<Json> signatures = new ArrayList<>(line.array("sigs"));
    signatures.add(signature(signed(signer, entry.canonicalBody().toArray())));
    signatures.sort(BY_KEY);
    return read(
        line(line.object("body"), entry.id(), signatures), entry.container(), entry.lineNumber());
  }

  /**
   * The same entry with a time stamp behind its signatures; empty where the line would become
   * longer than lines may be.
   */
  static Optional<Entry> stamped(Entry entry, Bytes token) {
    JsonObject line = parse(entry);
    List<Json> signatures = new ArrayList<>(line.array("sigs"));
    signatures.add(
        Json.object()
            .put("alg", EntrySignature.TIMESTAMP)
            .put("token", Base64.getEncoder().encodeToString(token.toArray()))
            .build());
    byte[] bytes = line(line.object("body"), entry.id(), signatures);
    return bytes.length > LineReader.MOST_BYTES
        ? Optional.empty()
        : Optional.of(read(bytes, entry.container(), entry.lineNumber()));
  }

  /** Computed once more, since no line may be written that verification would refuse. */
  private static SshSignature signed(Signer signer, byte[] canonical) {
    SshSignature signature = signer.sign(canonical, SshSignature.ENTRY);
    if (!signature.isGood(canonical)) {
      throw ServiceException.lasting("the signing key made a signature that is not good");
    }
    return signature;
  }

  private static byte[] line(JsonObject body, String id, List<Json> signatures) {
    return CanonicalJson.bytes(
        Json.object().put("body", body).put("id", id).put("sigs", Json.array(signatures)).build());
  }

  private static Entry read(byte[] line, String container, int lineNumber) {
    return switch (new LineReader().read(container, lineNumber, line)) {
      case LineReader.Line.Intact(Entry entry) -> entry;
      case LineReader.Line.Damaged(_, List<LineReader.Problem> problems) ->
          throw new IllegalArgumentException("no such entry can be written: " + problems);
    };
  }

  private static JsonObject parse(Entry entry) {
    try {
      return JsonReader.readObject(entry.line().toArray());
    } catch (JsonException e) {
      throw new IllegalArgumentException("an entry that was read is JSON", e);
    }
  }

  private static Json signature(SshSignature signature) {
    return Json.object()
        .put("alg", EntrySignature.ED25519)
        .put("key", signature.key().fingerprint())
        .put("sig", signature.base64())
        .build();
  }
}
