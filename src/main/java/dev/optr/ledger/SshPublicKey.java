package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * An Ed25519 public key as OpenSSH writes it. Holds sound keys alone: canonical, of prime order.
 *
 * @param point the 32 bytes of RFC 8032
 */
public record SshPublicKey(Bytes point) {
  private static final String TYPE = "ssh-ed25519";

  public SshPublicKey {
    if (!Ed25519.isSoundKey(point.toArray())) {
      throw new IllegalArgumentException("no sound Ed25519 public key");
    }
  }

  /** Reads {@code ssh-ed25519 <base64>}, without options or comment; empty for anything else. */
  public static Optional<SshPublicKey> parse(String line) {
    if (!line.startsWith(TYPE + " ")) {
      return Optional.empty();
    }
    try {
      SshPublicKey key = ofBlob(Base64.getDecoder().decode(line.substring(TYPE.length() + 1)));
      // One key, one spelling: base64 with stray bits or without padding decodes too.
      return key.line().equals(line) ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  /** Reads the wire form (RFC 8709, section 4). */
  static SshPublicKey ofBlob(byte[] blob) {
    SshWire.Reader reader = new SshWire.Reader(blob);
    String type = reader.text();
    if (!type.equals(TYPE)) {
      throw new IllegalArgumentException("key type '" + type + "'");
    }
    byte[] point = reader.string();
    reader.end();
    return new SshPublicKey(Bytes.of(point));
  }

  byte[] blob() {
    return new SshWire.Writer().string(TYPE).string(point.toArray()).bytes();
  }

  /** {@code ssh-ed25519 <base64>}, as in authorized_keys. */
  public String line() {
    return TYPE + " " + Base64.getEncoder().encodeToString(blob());
  }

  /** {@code SHA256:<base64 without padding>}, as ssh-keygen -l prints it. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
