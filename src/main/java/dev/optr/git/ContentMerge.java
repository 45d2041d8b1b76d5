package dev.optr.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Tries to merge two versions of one file. Attributes and merge drivers are never looked at: lines
 * are merged as text, everything else only where one side left it alone.
 */
final class ContentMerge {
  /** Beyond this a hostile file could take all memory. */
  private static final long LARGEST = 8L << 20;

  private static final int MOST_LINES = 200_000;

  /** Git looks for a zero byte in as many bytes to tell binary files from text. */
  private static final int BINARY_PROBE = 8000;

  private final ObjectReader reader;

  ContentMerge(ObjectReader reader) {
    this.reader = reader;
  }

  enum Outcome {
    CLEAN,
    CONFLICT,
    TOO_LARGE
  }

  /**
   * @param base null where there was no file
   */
  Outcome of(EditableTree.@Nullable Leaf base, EditableTree.Leaf ours, EditableTree.Leaf theirs)
      throws IOException {
    if (ours.equals(theirs)) {
      return Outcome.CLEAN;
    }
    EditableTree.Leaf file = base != null && base.isRegular() ? base : null;
    boolean sameMode = ours.mode().equals(theirs.mode());
    if (!ours.isRegular() || !theirs.isRegular() || (file == null && !sameMode)) {
      return Outcome.CONFLICT;
    }
    ObjectId before = file == null ? null : file.id();
    return ours.id().equals(theirs.id()) || ours.id().equals(before) || theirs.id().equals(before)
        ? Outcome.CLEAN
        : text(before, ours.id(), theirs.id());
  }

  private Outcome text(@Nullable ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
    if (isLarge(ours) || isLarge(theirs) || (base != null && isLarge(base))) {
      return Outcome.TOO_LARGE;
    }
    byte[] before = base == null ? new byte[0] : content(base);
    byte[] own = content(ours);
    byte[] other = content(theirs);
    if (isBinary(before) || isBinary(own) || isBinary(other)) {
      return Outcome.CONFLICT;
    }
    if (lines(before) > MOST_LINES || lines(own) > MOST_LINES || lines(other) > MOST_LINES) {
      return Outcome.TOO_LARGE;
    }
    return new TextMerge(before, own, other).isClean() ? Outcome.CLEAN : Outcome.CONFLICT;
  }

  /**
   * What a clean merge of two texts makes.
   *
   * @param base null where there was no file
   */
  byte[] merged(@Nullable ObjectId base, ObjectId ours, ObjectId theirs) throws IOException {
    if (ours.equals(theirs) || theirs.equals(base)) {
      return content(ours);
    }
    if (ours.equals(base)) {
      return content(theirs);
    }
    byte[] before = base == null ? new byte[0] : content(base);
    return new TextMerge(before, content(ours), content(theirs)).text();
  }

  private boolean isLarge(ObjectId blob) throws IOException {
    return reader.getObjectSize(blob, Constants.OBJ_BLOB) > LARGEST;
  }

  private byte[] content(ObjectId blob) throws IOException {
    return reader.open(blob, Constants.OBJ_BLOB).getCachedBytes((int) LARGEST);
  }

  private static boolean isBinary(byte[] content) {
    for (int i = 0; i < Math.min(content.length, BINARY_PROBE); i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static int lines(byte[] content) {
    int lines = 0;
    for (byte b : content) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }
}
