package dev.optr.git;

/** Signs commits, as {@code gpg.format = ssh} does. */
@FunctionalInterface
public interface CommitSigner {
  /**
   * @param commit the commit object without a signature
   * @return an armoured SSH signature, namespace {@code git} (OpenSSH, PROTOCOL.sshsig)
   */
  String sign(byte[] commit);
}
