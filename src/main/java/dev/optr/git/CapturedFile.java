package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/** Compares what lies in a directory with the file that was put there, byte for byte. */
final class CapturedFile {
  private static final String SUBMODULE = "160000";

  private final ObjectReader reader;
  private long size;

  CapturedFile(ObjectReader reader) {
    this.reader = reader;
  }

  sealed interface Comparison {}

  record Same() implements Comparison {}

  record Differs(Change change) implements Comparison {}

  record Refused(String reason) implements Comparison {}

  static boolean isSubmodule(FrozenTree.File file) {
    return file.mode().equals(SUBMODULE);
  }

  /**
   * @param before what was put there; empty where the file is new
   */
  Comparison compare(
      String path, Path file, PosixFileAttributes found, Optional<FrozenTree.File> before)
      throws IOException {
    try {
      if (before.isPresent() && !before.get().isRegular()) {
        return isAsWritten(before.get(), file, found)
            ? new Same()
            : new Refused("it was no regular file, and no change may touch it");
      }
      if (found.isSymbolicLink()) {
        return new Refused("it is a symbolic link, which is refused");
      }
      return found.isRegularFile()
          ? compareFile(path, file, found, before)
          : new Refused("it is neither a file nor a directory, which is refused");
    } catch (FileSystemException e) {
      return new Refused("it cannot be read");
    }
  }

  /** A link that would lead outside was written as a file with its target as text. */
  private boolean isAsWritten(FrozenTree.File before, Path file, PosixFileAttributes found)
      throws IOException {
    if (isSubmodule(before)) {
      return false;
    }
    String target =
        new String(reader.open(ObjectId.fromString(before.blob())).getCachedBytes(1 << 20), UTF_8);
    return found.isSymbolicLink()
        ? Files.readSymbolicLink(file).toString().equals(target)
        : found.isRegularFile()
            && !TreeWriter.staysInside(before.path(), target)
            && sameContent(file, found, before.blob());
  }

  private Comparison compareFile(
      String path, Path file, PosixFileAttributes found, Optional<FrozenTree.File> before)
      throws IOException {
    FileMode mode =
        found.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
            ? FileMode.EXECUTABLE_FILE
            : FileMode.REGULAR_FILE;
    boolean sameMode =
        before.isPresent() && before.get().mode().equals(CommitReader.modeText(mode.getBits()));
    if (sameMode && sameContent(file, found, before.orElseThrow().blob())) {
      return new Same();
    }
    size += found.size();
    if (size > CandidateTree.LARGEST) {
      return new Refused("with it " + EditApplier.tooLarge(size));
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
      byte[] content = in.readNBytes((int) CandidateTree.LARGEST);
      ObjectId blob = ids.idFor(Constants.OBJ_BLOB, content);
      return new Differs(Change.written(path, null, mode, blob, content));
    }
  }

  private boolean sameContent(Path file, PosixFileAttributes found, String blob)
      throws IOException {
    ObjectId id = ObjectId.fromString(blob);
    if (reader.getObjectSize(id, Constants.OBJ_BLOB) != found.size()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
      return ids.idFor(Constants.OBJ_BLOB, found.size(), in).equals(id);
    }
  }
}
