package dev.optr.ledger;

import dev.optr.base.Secret;
import java.util.Base64;
import java.util.HexFormat;

/** The keys of the golden ledgers. */
final class Keys {
  static final Ed25519Signer ROOT_1 = golden("root-1");
  static final Ed25519Signer ROOT_2 = golden("root-2");
  static final Ed25519Signer CI_1 = golden("ci-1");
  static final Ed25519Signer CI_2 = golden("ci-2");
  static final Ed25519Signer EVIL = golden("evil");

  private static final String PKCS8_PREFIX = "302e020100300506032b657004220420";

  private Keys() {}

  private static Ed25519Signer golden(String name) {
    return Ed25519Signer.of(
        pem(String.valueOf(Golden.json("keys.json").object(name).text("seed_hex"))));
  }

  /** RFC 8410, section 7: a seed as PKCS#8 PEM. */
  static Secret pem(String seedHex) {
    byte[] der = HexFormat.of().parseHex(PKCS8_PREFIX + seedHex);
    return Secret.of(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n");
  }
}
