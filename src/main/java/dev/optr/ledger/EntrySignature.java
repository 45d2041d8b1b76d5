package dev.optr.ledger;

/**
 * One signature of an entry, as written and not yet checked.
 *
 * @param algorithm others than {@code ssh-ed25519} are ignored
 * @param key fingerprint; empty where the algorithm is another
 * @param signature base64; empty where the algorithm is another
 */
public record EntrySignature(String algorithm, String key, String signature) {
  static final String ED25519 = "ssh-ed25519";
}
