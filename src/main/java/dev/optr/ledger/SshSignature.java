package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.optr.base.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * A signature in OpenSSH's SSHSIG format (PROTOCOL.sshsig of OpenSSH), made with Ed25519 over a
 * SHA-512 digest. The namespace is signed too, so that a signature of a commit is never one of an
 * entry.
 *
 * @param raw the 64 bytes of RFC 8032
 */
public record SshSignature(SshPublicKey key, String namespace, Bytes raw) {
  /** Of entries. */
  public static final String ENTRY = "optr-ledger-entry@v1";

  /** Of commits and tags. */
  public static final String GIT = "git";

  private static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
  private static final String END = "-----END SSH SIGNATURE-----";
  private static final int COLUMNS = 70;

  /** The bytes that the key really signs. */
  static byte[] signedBytes(String namespace, byte[] message) {
    return signedDigest(namespace, sha512().digest(message));
  }

  /**
   * See {@link #signedBytes}.
   *
   * @param sha512 digest of the message
   */
  static byte[] signedDigest(String namespace, byte[] sha512) {
    return new SshWire.Writer()
        .raw(MAGIC)
        .string(namespace)
        .string("")
        .string("sha512")
        .string(sha512)
        .bytes();
  }

  /** True where this is a good signature of the message, by the key it names. */
  public boolean isGood(byte[] message) {
    byte[] signed = signedBytes(namespace, message);
    return verifies(message) && Ed25519.confirm(key.point().toArray(), signed, raw.toArray());
  }

  /** The same without a second opinion, which takes ten times as long. */
  boolean verifies(byte[] message) {
    byte[] signed = signedBytes(namespace, message);
    return Ed25519.verify(key.point().toArray(), signed, raw.toArray());
  }

  /** The 64 bytes as an entry stores them. */
  String base64() {
    return Base64.getEncoder().encodeToString(raw.toArray());
  }

  /** The text of a {@code .sig} file, which is also what a git commit carries in {@code gpgsig}. */
  public String armoured() {
    byte[] blob =
        new SshWire.Writer()
            .raw(MAGIC)
            .raw(new byte[] {0, 0, 0, VERSION})
            .string(key.blob())
            .string(namespace)
            .string("")
            .string("sha512")
            .string(new SshWire.Writer().string("ssh-ed25519").string(raw.toArray()).bytes())
            .bytes();
    // The JDK's MIME encoder cuts at multiples of four only; ssh-keygen cuts at 70.
    String base64 = Base64.getEncoder().encodeToString(blob);
    String lines = base64.replaceAll("(.{" + COLUMNS + "})(?=.)", "$1\n");
    return BEGIN + "\n" + lines + "\n" + END + "\n";
  }

  /** Reads a {@code .sig} file; empty where it is none made with Ed25519 and SHA-512. */
  public static Optional<SshSignature> parse(String armoured) {
    String text = armoured.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      return Optional.empty();
    }
    String base64 = text.substring(BEGIN.length(), text.length() - END.length());
    try {
      return Optional.of(ofBlob(Base64.getDecoder().decode(base64.replaceAll("\\s", ""))));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static SshSignature ofBlob(byte[] blob) {
    SshWire.Reader reader = new SshWire.Reader(blob);
    expect(MessageDigest.isEqual(reader.raw(MAGIC.length), MAGIC) && reader.integer() == VERSION);
    SshPublicKey key = SshPublicKey.ofBlob(reader.string());
    String namespace = reader.text();
    expect(!namespace.isEmpty() && reader.text().isEmpty() && reader.text().equals("sha512"));
    SshWire.Reader signature = new SshWire.Reader(reader.string());
    reader.end();
    expect(signature.text().equals("ssh-ed25519"));
    byte[] raw = signature.string();
    signature.end();
    expect(raw.length == Ed25519.SIGNATURE_SIZE);
    return new SshSignature(key, namespace, Bytes.of(raw));
  }

  private static void expect(boolean held) {
    if (!held) {
      throw new IllegalArgumentException("no SSHSIG of the kind we make");
    }
  }

  static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }
}
