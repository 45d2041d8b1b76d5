package dev.optr.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads small blobs that lie in files of their own, with one system call where JGit needs six: a
 * repository may have 100,000 of them. Whatever is unusual is left to JGit. One thread at a time.
 */
final class LooseBlobs implements AutoCloseable {
  private static final int LARGEST = 32 << 10;
  private static final int LONGEST_HEADER = 32;

  private final File objects;
  private final Map<String, Set<String>> namesByDirectory = new HashMap<>();
  private final Inflater inflater = new Inflater();
  private final byte[] compressed = new byte[LARGEST];
  private final byte[] inflated = new byte[LARGEST];

  /**
   * @param objects the repository's own object directory; alternates are JGit's
   */
  LooseBlobs(File objects) {
    this.objects = objects;
  }

  /** The content of a blob, or null where it is no small file of its own. */
  byte @Nullable [] read(String id) {
    String directory = id.substring(0, 2);
    String name = id.substring(2);
    // Looked up first, since asking for a file that is not there takes as long as reading one.
    if (!namesByDirectory.computeIfAbsent(directory, this::names).contains(name)) {
      return null;
    }
    try (FileInputStream in = new FileInputStream(new File(new File(objects, directory), name))) {
      int size = in.read(compressed);
      return size <= 0 || size == LARGEST ? null : content(size);
    } catch (IOException | DataFormatException notUsual) {
      return null;
    }
  }

  private Set<String> names(String directory) {
    String @Nullable [] names = new File(objects, directory).list();
    return names == null ? Set.of() : Set.of(names);
  }

  private byte @Nullable [] content(int compressedSize) throws DataFormatException {
    inflater.reset();
    inflater.setInput(compressed, 0, compressedSize);
    int size = inflater.inflate(inflated);
    if (!inflater.finished()) {
      return null;
    }
    int header = 0;
    while (header < Math.min(size, LONGEST_HEADER) && inflated[header] != 0) {
      header++;
    }
    String expected = "blob " + (size - header - 1);
    return expected.equals(new String(inflated, 0, header, US_ASCII))
        ? Arrays.copyOfRange(inflated, header + 1, size)
        : null;
  }

  @Override
  public void close() {
    inflater.close();
  }
}
