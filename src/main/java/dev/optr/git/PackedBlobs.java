package dev.optr.git;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Where blobs lie in packs, and how: as a whole or as a delta to another object (git's pack
 * format). JGit makes every object whole, which for 10,000 versions of a growing file are 10,000
 * times its length; whatever is unusual is left to it. One thread at a time.
 */
final class PackedBlobs implements AutoCloseable {
  private static final int CHUNK = 1 << 14;

  private final List<OpenPack> packs = new ArrayList<>();
  private final Inflater inflater = new Inflater();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);

  private record OpenPack(PackIndex index, FileChannel channel) {}

  /** A place in a pack. */
  record Place(int pack, long offset) {}

  /** What lies there: the blob, where there is no base, else a delta to the base. */
  static final class Stored {
    final byte[] bytes;
    final @Nullable Place base;

    private Stored(byte[] bytes, @Nullable Place base) {
      this.bytes = bytes;
      this.base = base;
    }
  }

  PackedBlobs(ObjectDatabase objects) {
    if (objects instanceof ObjectDirectory directory) {
      directory.getPacks().forEach(this::open);
    }
  }

  private void open(Pack pack) {
    try {
      File file = pack.getPackFile().create(PackExt.PACK);
      PackIndex index = pack.getIndex();
      packs.add(new OpenPack(index, FileChannel.open(file.toPath(), StandardOpenOption.READ)));
    } catch (IOException _) {
      // JGit reads its objects, or says what is wrong with it.
    }
  }

  /** Where a blob lies; null where it is in no pack of this repository. */
  @Nullable Place find(String blob) {
    ObjectId id = ObjectId.fromString(blob);
    for (int i = 0; i < packs.size(); i++) {
      long offset = packs.get(i).index().findOffset(id);
      if (offset >= 0) {
        return new Place(i, offset);
      }
    }
    return null;
  }

  /** Reads what lies at a place; null where it is nothing that is read here. */
  @Nullable Stored read(Place place) throws IOException, DataFormatException {
    FileChannel channel = packs.get(place.pack()).channel();
    ByteBuffer header = ByteBuffer.allocate(64);
    channel.read(header, place.offset());
    header.flip();
    int first = header.get() & 0xff;
    int type = first >> 4 & 7;
    long size = first & 15;
    int shift = 4;
    for (int more = first; (more & 0x80) != 0; shift += 7) {
      more = header.get() & 0xff;
      size |= (long) (more & 0x7f) << shift;
    }
    Place base = null;
    switch (type) {
      case Constants.OBJ_BLOB -> {}
      case Constants.OBJ_OFS_DELTA ->
          base = new Place(place.pack(), place.offset() - distance(header));
      case Constants.OBJ_REF_DELTA -> {
        byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
        header.get(id);
        base = find(ObjectId.fromRaw(id).name());
        if (base == null) {
          return null;
        }
      }
      default -> {
        return null;
      }
    }
    long data = place.offset() + header.position();
    return new Stored(inflate(channel, data, Math.toIntExact(size)), base);
  }

  private static long distance(ByteBuffer header) {
    int read = header.get() & 0xff;
    long distance = read & 0x7f;
    while ((read & 0x80) != 0) {
      read = header.get() & 0xff;
      distance = ((distance + 1) << 7) | (read & 0x7f);
    }
    return distance;
  }

  private byte[] inflate(FileChannel channel, long start, int size)
      throws IOException, DataFormatException {
    byte[] bytes = new byte[size];
    inflater.reset();
    long position = start;
    int at = 0;
    while (at < size) {
      int inflated = inflater.inflate(bytes, at, size - at);
      at += inflated;
      if (inflated == 0) {
        chunk.clear();
        int read = inflater.needsInput() ? channel.read(chunk, position) : -1;
        if (read <= 0) {
          throw new DataFormatException("the pack ends within an object");
        }
        position += read;
        inflater.setInput(chunk.array(), 0, read);
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    inflater.close();
    for (OpenPack pack : packs) {
      try {
        pack.channel().close();
      } catch (IOException _) {
        // Nothing was written that could be lost.
      }
    }
  }
}
