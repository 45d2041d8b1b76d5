package dev.optr.ledger;

import dev.optr.base.Bytes;

/** Somebody who signs: a key in memory today, an agent or a service tomorrow. */
public interface Signer {
  SshPublicKey publicKey();

  /**
   * Signs a message of one kind.
   *
   * @param namespace {@link SshSignature#ENTRY} or {@link SshSignature#GIT}
   */
  SshSignature sign(byte[] message, String namespace);

  /**
   * Signs the payload of an envelope (DSSE): Ed25519 over its pre-authentication encoding, which no
   * message of the other kind can be.
   *
   * @param payloadType a media type
   * @return the 64 bytes of RFC 8032
   */
  Bytes signPayload(String payloadType, byte[] payload);
}
