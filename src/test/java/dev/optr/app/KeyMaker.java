package dev.optr.app;

import dev.optr.base.Secret;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.SshPublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;

/** Keys of fixed seeds, as PKCS#8 PEM files. */
record KeyMaker(Path directory) {
  private static final String PREFIX = "302e020100300506032b657004220420";

  /** Writes one and gives its text. */
  String key(String name, int seed) {
    byte[] der = HexFormat.of().parseHex(PREFIX + "%02x".formatted(seed).repeat(32));
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n";
    try {
      Path file = Files.writeString(directory.resolve(name), pem);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pem;
  }

  SshPublicKey read(String name) {
    try {
      return Ed25519Signer.of(Secret.of(Files.readString(directory.resolve(name)))).publicKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
