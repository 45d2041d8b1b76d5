package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a ledger file holds: in memory, or on disk, where it may have any length. */
public sealed interface Content {
  /** In bytes. */
  long size();

  /** For reading at any position, from one thread at a time. */
  Reading open();

  /** All of it; only for what fits in memory. */
  Bytes bytes();

  /** Content that is being read. */
  interface Reading extends AutoCloseable {
    /**
     * Fills a part of the target.
     *
     * @throws ServiceException where there are not as many bytes from that position on
     */
    void read(long position, byte[] target, int offset, int length);

    @Override
    void close();
  }

  /** Held in memory, such as a git object. */
  record InMemory(Bytes bytes) implements Content {
    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public Reading open() {
      return new Reading() {
        @Override
        public void read(long position, byte[] target, int offset, int length) {
          bytes.copyTo(Math.toIntExact(position), target, offset, length);
        }

        @Override
        public void close() {}
      };
    }
  }

  /**
   * A file, read where it lies: never as a whole, and never mapped, since mapped pages count as
   * memory of the process.
   */
  record OnDisk(Path file, long size) implements Content {
    /** The file as long as it is now; what is added later is not read. */
    public static OnDisk of(Path file) throws IOException {
      return new OnDisk(file, Files.size(file));
    }

    @Override
    public Reading open() {
      try {
        return new FileReading(file, FileChannel.open(file, StandardOpenOption.READ));
      } catch (IOException e) {
        throw ServiceException.lasting("could not read " + file, e);
      }
    }

    @Override
    public Bytes bytes() {
      if (size > Integer.MAX_VALUE - 8) {
        throw ServiceException.lasting(
            file + " has " + size + " bytes, too many to hold in memory");
      }
      byte[] all = new byte[(int) size];
      try (Reading reading = open()) {
        reading.read(0, all, 0, all.length);
      }
      return Bytes.of(all);
    }
  }

  /** The file behind it; opened once, because opening costs more than reading a line. */
  record FileReading(Path file, FileChannel channel) implements Reading {
    @Override
    public void read(long position, byte[] target, int offset, int length) {
      ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
      try {
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, position + buffer.position() - offset) < 0) {
            throw ServiceException.lasting(file + " became shorter while it was read");
          }
        }
      } catch (IOException e) {
        throw ServiceException.lasting("could not read " + file, e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw ServiceException.lasting("could not close " + file, e);
      }
    }
  }
}
