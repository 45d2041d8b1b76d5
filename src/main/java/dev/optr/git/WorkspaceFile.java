package dev.optr.git;

import java.io.IOException;
import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/** A file or symbolic link of a tree, and what a checkout makes of it. */
record WorkspaceFile(FileMode mode, ObjectId id, LineEnds ends) {
  /** What a checkout writes; the target of a link. */
  byte[] bytes(ObjectReader reader) throws IOException {
    return ends.applied(reader.open(id).getCachedBytes(Integer.MAX_VALUE));
  }

  /** Whether bytes on disk are this file's, as they are stored or as a checkout writes them. */
  boolean isWrittenAs(byte[] found, ObjectReader reader) throws IOException {
    try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
      return ids.idFor(Constants.OBJ_BLOB, found).equals(id)
          || (ends != LineEnds.AS_STORED && Arrays.equals(found, bytes(reader)));
    }
  }
}
