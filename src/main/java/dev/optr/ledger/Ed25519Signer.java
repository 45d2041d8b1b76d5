package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** Signs with an Ed25519 key that is held in memory. */
public final class Ed25519Signer implements Signer {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final String MAKE_ONE = "make one with: ssh-keygen -t ed25519 -N '' -f optr-key";

  private final Ed25519PrivateKeyParameters key;
  private final SshPublicKey publicKey;

  private Ed25519Signer(Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.publicKey = new SshPublicKey(Bytes.of(key.generatePublicKey().getEncoded()));
  }

  /**
   * Reads an OpenSSH private key ({@code ssh-keygen -t ed25519}) or an unencrypted PKCS#8 PEM
   * ({@code openssl genpkey -algorithm ed25519}).
   *
   * @throws UserException where it is anything else; it never says what was found in the key
   */
  public static Ed25519Signer of(Secret privateKey) {
    Matcher pem = PEM.matcher(privateKey.reveal());
    if (!pem.find()) {
      throw new UserException(
          "signing-key: no private key in OpenSSH or PKCS#8 PEM form; give the whole file, with its"
              + " BEGIN and END lines, or "
              + MAKE_ONE);
    }
    return new Ed25519Signer(read(pem.group(1), decoded(pem.group(2))));
  }

  private static Ed25519PrivateKeyParameters read(String kind, byte[] der) {
    return switch (kind) {
      case "OPENSSH PRIVATE KEY" -> openSsh(der);
      case "PRIVATE KEY" -> pkcs8(der);
      case "ENCRYPTED PRIVATE KEY" -> throw encrypted("openssl pkey -in key.pem -out plain.pem");
      default ->
          throw new UserException(
              "signing-key: found '" + kind + "', which is no Ed25519 key; " + MAKE_ONE);
    };
  }

  private static Ed25519PrivateKeyParameters openSsh(byte[] blob) {
    if (isEncrypted(blob)) {
      throw encrypted("ssh-keygen -p -N '' -f <a copy of the key>");
    }
    try {
      return ed25519(OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(blob));
    } catch (IllegalArgumentException | IllegalStateException damaged) {
      throw damaged();
    }
  }

  private static Ed25519PrivateKeyParameters pkcs8(byte[] der) {
    try {
      return ed25519(PrivateKeyFactory.createKey(der));
    } catch (IOException | IllegalArgumentException | IllegalStateException damaged) {
      throw damaged();
    }
  }

  private static Ed25519PrivateKeyParameters ed25519(AsymmetricKeyParameter key) {
    if (key instanceof Ed25519PrivateKeyParameters ed25519) {
      return ed25519;
    }
    throw new UserException("signing-key: the key is no Ed25519 key; " + MAKE_ONE);
  }

  /** PROTOCOL.key of OpenSSH: magic, then the name of the cipher. */
  private static boolean isEncrypted(byte[] blob) {
    try {
      SshWire.Reader reader = new SshWire.Reader(blob);
      reader.raw("openssh-key-v1\0".length());
      return !reader.text().equals("none");
    } catch (IllegalArgumentException cutShort) {
      return false;
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(SPACE.matcher(base64).replaceAll(""));
    } catch (IllegalArgumentException notBase64) {
      throw damaged();
    }
  }

  private static UserException encrypted(String wayOut) {
    return new UserException(
        "signing-key: the key is encrypted and nobody is there to type its passphrase; store one"
            + " without, for example after: "
            + wayOut);
  }

  private static UserException damaged() {
    return new UserException(
        "signing-key: the private key is damaged; give the whole file as it is, or " + MAKE_ONE);
  }

  @Override
  public SshPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public SshSignature sign(byte[] message, String namespace) {
    byte[] signed = SshSignature.signedBytes(namespace, message);
    return new SshSignature(publicKey, namespace, raw(signed));
  }

  @Override
  public Bytes signPayload(String payloadType, byte[] payload) {
    return raw(Dsse.preAuthenticationEncoding(payloadType, payload));
  }

  private Bytes raw(byte[] signed) {
    byte[] raw = new byte[Ed25519.SIGNATURE_SIZE];
    key.sign(
        org.bouncycastle.math.ec.rfc8032.Ed25519.Algorithm.Ed25519,
        null,
        signed,
        0,
        signed.length,
        raw,
        0);
    return Bytes.of(raw);
  }

  @Override
  public String toString() {
    return "Ed25519Signer[" + publicKey.fingerprint() + "]";
  }
}
