package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.LinkedHashMap;
import java.util.zip.DataFormatException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Contents of many versions of a few growing files, compared with each other. Git stores most of
 * them as what they differ in, and as that they are read. The newest few are kept, as far as they
 * fit.
 */
public final class BlobVersions implements AutoCloseable {
  private static final long MOST_BYTES_KEPT = 96L << 20;
  private static final int MOST_KEPT = 4096;

  private final ObjectReader reader;
  private final PackedBlobs packs;
  private final LinkedHashMap<Object, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytesKept;

  /**
   * @param own bytes that it does not share with others
   */
  private record Kept(Rope rope, int own) {}

  public BlobVersions(GitRepository repository) {
    this.reader = repository.jgit().newObjectReader();
    this.packs = new PackedBlobs(repository.jgit().getObjectDatabase());
  }

  /** How many bytes two blobs have in common at their beginnings. */
  public int sharedPrefix(String one, String other) {
    return rope(one).sharedPrefix(rope(other));
  }

  /** The bytes of a blob from an offset on. */
  public byte[] from(String blob, int offset) {
    return rope(blob).from(offset);
  }

  private Rope rope(String blob) {
    PackedBlobs.Place place = packs.find(blob);
    if (place != null) {
      try {
        Rope packed = rope(place, blob);
        if (packed != null) {
          return packed;
        }
      } catch (IOException
          | DataFormatException
          | IndexOutOfBoundsException
          | BufferUnderflowException
          | ArithmeticException _) {
        // JGit reads it, or says what is wrong with it.
        return whole(blob);
      }
    }
    return whole(blob);
  }

  /** Null where it is nothing that is read here. */
  private @Nullable Rope rope(PackedBlobs.Place place, String blob)
      throws IOException, DataFormatException {
    Kept known = kept.get(place);
    if (known != null) {
      return known.rope();
    }
    PackedBlobs.Stored stored = packs.read(place);
    if (stored == null) {
      return null;
    }
    if (stored.base == null) {
      return keep(place, Rope.of(stored.bytes), stored.bytes.length);
    }
    Rope base = rope(stored.base, blob);
    return base == null ? null : keep(place, base.apply(stored.bytes), stored.bytes.length);
  }

  private Rope whole(String blob) {
    Kept known = kept.get(blob);
    if (known != null) {
      return known.rope();
    }
    byte[] bytes = read(blob);
    return keep(blob, Rope.of(bytes), bytes.length);
  }

  private Rope keep(Object key, Rope rope, int own) {
    kept.put(key, new Kept(rope, own));
    bytesKept += own;
    // The one just read and the one it is compared with stay in any case.
    while (kept.size() > 2 && (bytesKept > MOST_BYTES_KEPT || kept.size() > MOST_KEPT)) {
      bytesKept -= kept.pollFirstEntry().getValue().own();
    }
    return rope;
  }

  private byte[] read(String blob) {
    try {
      return reader.open(ObjectId.fromString(blob)).getCachedBytes(Integer.MAX_VALUE);
    } catch (MissingObjectException e) {
      throw AbsentObjectException.of(e);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the object " + blob, e);
    }
  }

  @Override
  public void close() {
    packs.close();
    reader.close();
  }
}
