package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.Signer;
import dev.optr.ledger.SshPublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys that commands are given: private ones as files or piped in, public ones as text or files.
 */
final class KeyFiles {
  private static final int MOST_BYTES = 64 * 1024;
  private static final Set<PosixFilePermission> OPEN =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Host host;

  KeyFiles(Host host) {
    this.host = host;
  }

  /**
   * The private key of {@code --signing-key}, else of the variable {@code OPTR_SIGNING_KEY}.
   *
   * @param option a file, {@code -} for standard input, or null
   * @throws UserException where there is none in it; it never says what was found
   */
  Optional<Signer> signer(@Nullable String option) {
    if (option == null) {
      return LocalLedger.signer(Credentials.ofVariables(host.environment()));
    }
    return Optional.of(Ed25519Signer.of(secret(option)));
  }

  private Secret secret(String option) {
    byte[] bytes = option.equals("-") ? standardInput() : file(option);
    String text = new String(bytes, UTF_8);
    if (text.isBlank()) {
      throw new UserException("--signing-key %s: is empty".formatted(option));
    }
    return Secret.of(text);
  }

  private byte[] standardInput() {
    try {
      return bounded("-", host.in());
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the key from standard input", e);
    }
  }

  private byte[] file(String option) {
    Path file = host.directory().resolve(option);
    warnIfOpen(file);
    return bytes("--signing-key", option);
  }

  private void warnIfOpen(Path file) {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OPEN::contains)) {
        host.err()
            .println(
                "optr: warning: %s can be read or changed by other users of this machine; 'chmod 600' it"
                    .formatted(file));
      }
    } catch (IOException _) {
      // The file cannot be read then either, which is said where it is read.
      return;
    }
  }

  private byte[] bytes(String option, String value) {
    Path file = host.directory().resolve(value);
    try (InputStream in = Files.newInputStream(file)) {
      return bounded(value, in);
    } catch (NoSuchFileException _) {
      throw new UserException("%s %s: there is no such file".formatted(option, file));
    } catch (IOException e) {
      throw new UserException("%s %s: cannot be read: %s".formatted(option, file, e.getMessage()));
    }
  }

  private static byte[] bounded(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new UserException(name + ": has more than 64 KiB, so it is no key");
    }
    return bytes;
  }

  /**
   * A public key: {@code ssh-ed25519 AAAA...}, with or without a comment, or a file with that line.
   *
   * @param option its name, for messages
   */
  SshPublicKey publicKey(String option, String value) {
    boolean literal = value.startsWith("ssh-") || value.startsWith("ecdsa-");
    String line = literal ? value : new String(bytes(option, value), UTF_8);
    if (line.contains("PRIVATE KEY")) {
      throw new UserException(
          "%s: that is a private key; give the public one, '%s.pub'".formatted(option, value));
    }
    String[] words = line.strip().split("\\s+", 3);
    if (words.length < 2 || !words[0].equals("ssh-ed25519") || line.strip().contains("\n")) {
      throw new UserException(
          "%s %s: is no line 'ssh-ed25519 AAAA...'; make a key with: ssh-keygen -t ed25519"
              .formatted(option, literal ? "'" + words[0] + " ...'" : value));
    }
    return SshPublicKey.parse(words[0] + " " + words[1])
        .orElseThrow(
            () ->
                new UserException(
                    "%s: the key is not sound: damaged, not canonical, or of small order"
                        .formatted(option)));
  }
}
