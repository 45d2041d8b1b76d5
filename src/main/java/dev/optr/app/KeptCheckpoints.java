package dev.optr.app;

import dev.optr.base.Disk;
import dev.optr.base.ServiceException;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What this machine verified of long ledger files: per genesis one file in the {@link StateFolder},
 * readable by its owner alone. Whatever is wrong with such a file, it is as if there were none.
 */
final class KeptCheckpoints {
  /** A shorter ledger is verified as soon as a checkpoint of it is read. */
  private static final long WORTH_BYTES = 16L << 20;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private final Host host;
  private final Optional<Path> directory;

  KeptCheckpoints(Host host) {
    this.host = host;
    this.directory = StateFolder.of(host);
  }

  /** Whether one is worth its while, and could be kept. */
  boolean isWorth(List<Container> containers) {
    long size = containers.stream().mapToLong(container -> container.content().size()).sum();
    return directory.isPresent() && size >= WORTH_BYTES;
  }

  /** The one of the ledger that begins with a genesis. */
  Optional<LedgerCheckpoint> of(String genesis) {
    if (directory.isEmpty() || !ID.matcher(genesis).matches()) {
      return Optional.empty();
    }
    try {
      return LedgerCheckpoint.parse(Files.readAllBytes(file(genesis)), Version.text());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      say("the checkpoint " + file(genesis) + " cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Takes the place of the one before. */
  void keep(LedgerCheckpoint checkpoint) {
    try {
      new Disk(host.checkpoint())
          .writePrivate(file(checkpoint.genesis()), checkpoint.bytes(Version.text()).toArray());
    } catch (ServiceException e) {
      say("no checkpoint of the ledger is kept: " + e.getMessage());
    }
  }

  private Path file(String genesis) {
    return directory.orElseThrow().resolve(genesis + ".checkpoint");
  }

  private void say(String sentence) {
    host.err().println("optr: " + sentence);
  }
}
