package dev.optr.app;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time on one repository: the second waits, then reads what the first has left. Ends
 * with the process.
 */
final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  static RunLock take(Path state, Progress progress) {
    try {
      Files.createDirectories(state);
      FileChannel channel =
          FileChannel.open(
              state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        progress.say("waiting for another run on this repository");
        channel.lock();
      }
      return new RunLock(channel);
    } catch (IOException e) {
      throw ServiceException.passing("could not lock " + state.resolve("lock"), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw ServiceException.passing("could not release the lock on the repository", e);
    }
  }
}
