package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads contents of a frozen tree's files, large ones without holding them whole. Keeps what it
 * opened between calls, so that many files are read quickly; one thread at a time.
 */
public final class BlobReader implements AutoCloseable {
  /**
   * Larger content is inflated as it is read, where git stores it as a whole and not as a delta.
   */
  private static final int STREAMED = 1 << 20;

  private final ObjectReader reader;
  private final LooseBlobs loose;

  BlobReader(ObjectReader reader, LooseBlobs loose) {
    this.reader = reader;
    this.loose = loose;
    reader.setStreamFileThreshold(STREAMED);
  }

  /** Bytes of a file, without reading them; a submodule has none. */
  public long size(FrozenTree.File file) {
    try {
      return reader.getObjectSize(ObjectId.fromString(file.blob()), Constants.OBJ_BLOB);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The whole content of a file, or nothing where it is larger than the limit.
   *
   * @param limit in bytes
   */
  public Optional<byte[]> read(FrozenTree.File file, int limit) {
    byte @Nullable [] small = loose.read(file.blob());
    if (small != null) {
      return small.length > limit ? Optional.empty() : Optional.of(small);
    }
    // Asked first: what is stored as a delta is made whole when it is opened, however large it is.
    if (size(file) > limit) {
      return Optional.empty();
    }
    try {
      return Optional.of(loader(file).getCachedBytes(limit));
    } catch (IOException | LargeObjectException e) {
      throw unreadable(file, e);
    }
  }

  /** The content of a file from its beginning; close it before anything else is read. */
  public InputStream open(FrozenTree.File file) {
    try {
      return loader(file).openStream();
    } catch (IOException | LargeObjectException e) {
      throw unreadable(file, e);
    }
  }

  private ObjectLoader loader(FrozenTree.File file) throws IOException {
    return reader.open(ObjectId.fromString(file.blob()), Constants.OBJ_BLOB);
  }

  private static ServiceException unreadable(FrozenTree.File file, Exception cause) {
    return ServiceException.lasting("could not read the object " + file.blob(), cause);
  }

  @Override
  public void close() {
    loose.close();
    reader.close();
  }
}
