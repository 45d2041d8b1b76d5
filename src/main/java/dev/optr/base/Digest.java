package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) by the JDK, always as 64 lower-case hex digits. */
public final class Digest {
  private Digest() {}

  /** Digest of plain bytes. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /**
   * Digest of {@code tag}, one zero byte, then {@code bytes}: so that no digest of one kind is ever
   * one of another.
   */
  public static String tagged(String tag, byte[] bytes) {
    MessageDigest digest = sha256();
    digest.update(tag.getBytes(UTF_8));
    digest.update((byte) 0);
    return HexFormat.of().formatHex(digest.digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
