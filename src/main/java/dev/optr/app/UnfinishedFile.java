package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.ledger.Body;
import dev.optr.ledger.SshPublicKey;
import dev.optr.ledger.UnfinishedEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The file with which an entry goes from one holder of a root key to the next. */
final class UnfinishedFile {
  private static final long MOST_BYTES = 64 * 1024 + 1;

  private final Host host;
  private final Path given;
  private final Path file;

  UnfinishedFile(Host host, Path file) {
    this.host = host;
    this.given = file;
    this.file = host.directory().resolve(file);
  }

  Bytes read() {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UserException(file + ": has more than 64 KiB, so it is no unfinished entry");
      }
      return Bytes.of(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      throw new UserException(file + ": there is no such file");
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }

  void write(UnfinishedEntry entry) {
    new Disk(host.checkpoint()).write(file, entry.file().toArray());
    describe(host, entry);
    host.out()
        .println(
            "missing  %d more root keys; the next holder: optr ledger append-key --sign %s --signing-key KEY"
                .formatted(entry.missing(), given));
    host.out().flush();
  }

  /** What somebody signs, so that nobody signs blindly. */
  static void describe(Host host, UnfinishedEntry unfinished) {
    host.out().println("entry    " + unfinished.entry().id());
    if (unfinished.entry().body() instanceof Body.Genesis genesis) {
      line(
          host, "about    ", genesis.common().repo().host() + " " + genesis.common().repo().name());
      list(host, "root     ", genesis.rootKeys());
      line(host, "threshold", " " + genesis.threshold());
      list(host, "signer   ", genesis.signers());
    }
    if (unfinished.entry().body() instanceof Body.Key key) {
      list(host, "add      ", key.add());
      key.revoke()
          .forEach(
              one ->
                  line(host, "revoke   ", one.key() + " after " + String.join(", ", one.after())));
    }
    unfinished.signedBy().forEach(key -> line(host, "signed by", " " + key));
  }

  private static void list(Host host, String name, List<SshPublicKey> keys) {
    keys.forEach(key -> line(host, name, key.fingerprint()));
  }

  private static void line(Host host, String name, String value) {
    host.out().println(name + value);
  }
}
