package dev.optr.ledger;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;

/** Ed25519 (RFC 8032) verification, twice: BouncyCastle is fast, the JDK is cofactorless. */
final class Ed25519 {
  static final int KEY_SIZE = 32;
  static final int SIGNATURE_SIZE = 64;

  private Ed25519() {}

  /** True for a canonical encoding of a point of the prime-order group. */
  static boolean isSoundKey(byte[] key) {
    return key.length == KEY_SIZE
        && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(key, 0);
  }

  static boolean verify(byte[] key, byte[] message, byte[] signature) {
    return key.length == KEY_SIZE
        && signature.length == SIGNATURE_SIZE
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature, 0, key, 0, message, 0, message.length);
  }

  /** A key that many signatures are verified with: its point is computed once. */
  static final class PreparedKey {
    private final PublicPoint point;

    /**
     * @param key a sound one
     */
    PreparedKey(byte[] key) {
      PublicPoint sound =
          org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFullExport(key, 0);
      if (sound == null) {
        throw new IllegalArgumentException("no sound Ed25519 public key");
      }
      this.point = sound;
    }

    boolean verify(byte[] message, byte[] signature) {
      return signature.length == SIGNATURE_SIZE
          && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
              signature, 0, point, message, 0, message.length);
    }
  }

  /**
   * A second opinion. Implementations disagree on signatures that only their signer can make (a low
   * order residue in R); a hostile signer must not be able to write a line that is good here and
   * bad under ssh-keygen.
   */
  static boolean confirm(byte[] key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(jdkKey(key));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException notGood) {
      // The JDK throws where the signature or the key has no sound encoding.
      return false;
    }
  }

  /** RFC 8032, section 5.1.2: y little-endian, the top bit is the sign of x. */
  private static PublicKey jdkKey(byte[] key) throws GeneralSecurityException {
    byte[] bigEndian = new byte[KEY_SIZE];
    for (int i = 0; i < KEY_SIZE; i++) {
      bigEndian[i] = key[KEY_SIZE - 1 - i];
    }
    boolean xOdd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(xOdd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
