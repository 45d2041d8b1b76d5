package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;

/**
 * Envelopes of DSSE, version 1.0 (secure-systems-lab/dsse, protocol.md and envelope.md). The
 * signature covers the payload's type as well, and the bytes as they are: nobody needs to parse
 * them before they are verified.
 */
public final class Dsse {
  private Dsse() {}

  /** An envelope with one signature; {@code keyid} is a hint and decides nothing. */
  public static JsonObject envelope(String payloadType, Bytes payload, Signer signer) {
    Bytes signature = signer.signPayload(payloadType, payload.toArray());
    return Json.object()
        .put("payload", base64(payload))
        .put("payloadType", payloadType)
        .put(
            "signatures",
            Json.array(
                List.of(
                    Json.object()
                        .put("keyid", signer.publicKey().fingerprint())
                        .put("sig", base64(signature))
                        .build())))
        .build();
  }

  /** The pre-authentication encoding: what the key signs. */
  static byte[] preAuthenticationEncoding(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("DSSEv1 %d ".formatted(type.length).getBytes(US_ASCII));
    out.writeBytes(type);
    out.writeBytes(" %d ".formatted(payload.length).getBytes(US_ASCII));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }
}
