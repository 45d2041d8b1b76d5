package dev.optr.isolation;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks how much a run has written, again and again: the system bounds each file, not all of them
 * together. Files that were removed while they are open are seen by what the file system has left.
 */
final class DiskWatch {
  private static final int SHARE_OF_A_PROCESSOR = 10;

  private final List<Path> directories;
  private final Limits limits;
  private final LongSupplier nanoTime;
  private final long usableAtStart;
  private long nextNanos;

  DiskWatch(List<Path> directories, Limits limits, LongSupplier nanoTime) throws IOException {
    this.directories = List.copyOf(directories);
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.nextNanos = nanoTime.getAsLong();
    this.usableAtStart = usable();
  }

  /** What it has used too much of, if so; looks into the directories only now and then. */
  Optional<String> exceeded() {
    long now = nanoTime.getAsLong();
    if (now - nextNanos < 0) {
      return Optional.empty();
    }
    Total total = new Total();
    directories.forEach(total::add);
    long tookNanos = nanoTime.getAsLong() - now;
    nextNanos = now + SHARE_OF_A_PROCESSOR * tookNanos;
    if (total.bytes > limits.bytes()) {
      return Optional.of("it wrote more than " + limits.bytes() + " bytes");
    }
    if (total.files > limits.files()) {
      return Optional.of("it made more than " + limits.files() + " files");
    }
    return lost() > 4 * limits.bytes()
        ? Optional.of("the disk lost more than " + 4 * limits.bytes() + " bytes while it ran")
        : Optional.empty();
  }

  private long lost() {
    try {
      return usableAtStart - usable();
    } catch (IOException e) {
      // The directory is being removed or cannot be asked: what is in it was counted above.
      return 0;
    }
  }

  private long usable() throws IOException {
    return Files.getFileStore(directories.getFirst()).getUsableSpace();
  }

  private static final class Total extends SimpleFileVisitor<Path> {
    private long bytes;
    private long files;

    void add(Path directory) {
      try {
        Files.walkFileTree(directory, this);
      } catch (IOException e) {
        // Every error of a single file is passed over below; the directory itself is gone then.
        files++;
      }
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      bytes += attributes.size();
      files++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException changedMeanwhile) {
      files++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path directory, @Nullable IOException changedMeanwhile) {
      files++;
      return FileVisitResult.CONTINUE;
    }
  }
}
