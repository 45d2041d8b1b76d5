package dev.optr.ledger;

/** Somebody who signs: a key in memory today, an agent or a service tomorrow. */
public interface Signer {
  SshPublicKey publicKey();

  /**
   * Signs a message of one kind.
   *
   * @param namespace {@link SshSignature#ENTRY} or {@link SshSignature#GIT}
   */
  SshSignature sign(byte[] message, String namespace);
}
