package dev.optr.ledger;

import java.util.Base64;
import java.util.Optional;

/**
 * One signature of an entry, as written and not yet checked.
 *
 * @param algorithm others than {@code ssh-ed25519} are ignored
 * @param key fingerprint; empty where the algorithm is another
 * @param signature base64; empty where the algorithm is another
 */
public record EntrySignature(String algorithm, String key, String signature) {
  static final String ED25519 = "ssh-ed25519";

  /** A time stamp (RFC 3161); decides nothing about who wrote the entry. */
  static final String TIMESTAMP = "rfc3161";

  /** True where it is a good one of the line by that key. */
  boolean isGood(Entry line, SshPublicKey key) {
    byte[] signed = signedBytes(line);
    byte[] point = key.point().toArray();
    return decode(signature).filter(raw -> Ed25519.verify(point, signed, raw)).isPresent();
  }

  /** As {@link #isGood}, and in two implementations, one of them without cofactor. */
  boolean isConfirmed(Entry line, SshPublicKey key) {
    byte[] signed = signedBytes(line);
    byte[] point = key.point().toArray();
    return isGood(line, key)
        && decode(signature).filter(raw -> Ed25519.confirm(point, signed, raw)).isPresent();
  }

  private static byte[] signedBytes(Entry line) {
    return SshSignature.signedBytes(SshSignature.ENTRY, line.canonicalBody().toArray());
  }

  Finding rejected(Entry line) {
    return line.finding(Code.E_SIG, "the signature by '" + key + "' is not good");
  }

  /** The 64 bytes; empty where the text is not the one way to write them. */
  static Optional<byte[]> decode(String base64) {
    try {
      byte[] raw = Base64.getDecoder().decode(base64);
      boolean canonical = Base64.getEncoder().encodeToString(raw).equals(base64);
      return canonical && raw.length == Ed25519.SIGNATURE_SIZE
          ? Optional.of(raw)
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
