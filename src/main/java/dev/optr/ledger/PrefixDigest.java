package dev.optr.ledger;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Digests the beginning of a container: SHA-256 over the SHA-256 digests, 32 bytes each, of its
 * chunks of 4 MiB in their order, the last of which may be shorter. Chunks can be digested at the
 * same time, which the plain SHA-256 of a file cannot.
 */
final class PrefixDigest {
  static final int CHUNK = 4 << 20;

  /** Small enough to stay in a processor's own cache between reading and digesting. */
  private static final int PIECE = 128 << 10;

  private static final int DIGEST_SIZE = 32;

  private final InOrder workers;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

  PrefixDigest(int workers) {
    this.workers = new InOrder(workers);
  }

  /** 64 hex digits of the first bytes of a content, which has at least so many. */
  String of(Content content, long size) {
    MessageDigest whole = sha256();
    Iterator<Supplier<byte[]>> tasks =
        LongStream.iterate(0, from -> from < size, from -> from + CHUNK)
            .mapToObj(from -> task(content, from, Math.min(size, from + CHUNK)))
            .iterator();
    workers.forEach(tasks, whole::update);
    return HexFormat.of().formatHex(whole.digest());
  }

  /** As {@link #of(Content, long)}, of all of each. */
  List<LedgerCheckpoint.Prefix> of(List<Container> containers) {
    List<LedgerCheckpoint.Prefix> prefixes = new ArrayList<>();
    for (Container container : containers) {
      long size = container.content().size();
      prefixes.add(new LedgerCheckpoint.Prefix(size, of(container.content(), size)));
    }
    return List.copyOf(prefixes);
  }

  private Supplier<byte[]> task(Content content, long from, long to) {
    return () -> {
      Worker waiting = idle.poll();
      Worker worker = waiting == null ? new Worker() : waiting;
      try {
        return worker.digest(content, from, to);
      } finally {
        idle.add(worker);
      }
    };
  }

  /** Has a buffer of its own that it uses again and again. */
  private static final class Worker {
    private final byte[] buffer = new byte[PIECE];
    private final MessageDigest sha256 = sha256();

    byte[] digest(Content content, long from, long to) {
      byte[] digest = new byte[DIGEST_SIZE];
      try (Content.Reading reading = content.open()) {
        for (long at = from; at < to; at += PIECE) {
          int length = (int) Math.min(PIECE, to - at);
          reading.read(at, buffer, 0, length);
          sha256.update(buffer, 0, length);
        }
        sha256.digest(digest, 0, DIGEST_SIZE);
        return digest;
      } catch (DigestException e) {
        throw new IllegalStateException("32 bytes are enough for SHA-256", e);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
