package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** One file's part of a patch, as {@code git diff --full-index --binary --no-renames} writes it. */
final class FilePatch {
  /** A file beyond this counts as binary and its content is not in the patch, only its id. */
  private static final long LARGE = 16L << 20;

  /** Git looks for a zero byte in as many bytes to tell binary files from text. */
  private static final int BINARY_PROBE = 8000;

  /** What a path is on one side. */
  record Side(FileMode mode, ObjectId id) {
    private int type() {
      return mode.getBits() & FileMode.TYPE_MASK;
    }
  }

  private final String path;
  private final String oldName;
  private final String newName;
  private final @Nullable Side before;
  private final @Nullable Side after;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int additions;
  private int deletions;
  private long changedBytes;
  private boolean binary;

  private FilePatch(String path, byte[] rawPath, @Nullable Side before, @Nullable Side after) {
    this.path = path;
    this.before = before;
    this.after = after;
    this.oldName = quoted("a/", rawPath);
    this.newName = quoted("b/", rawPath);
  }

  static FilePatch of(
      ObjectReader reader, String path, byte[] rawPath, @Nullable Side before, @Nullable Side after)
      throws IOException {
    FilePatch patch = new FilePatch(path, rawPath, before, after);
    if (before != null && after != null && before.type() != after.type()) {
      patch.write(reader, before, null);
      patch.write(reader, null, after);
    } else {
      patch.write(reader, before, after);
    }
    return patch;
  }

  private static String quoted(String prefix, byte[] rawPath) {
    // Latin-1 keeps each byte one character, which is what git's quoting works on.
    String name = prefix + new String(rawPath, java.nio.charset.StandardCharsets.ISO_8859_1);
    boolean plain = name.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '"' && c != '\\');
    return plain ? name : QuotedPath.quote(name);
  }

  private void write(ObjectReader reader, @Nullable Side from, @Nullable Side to)
      throws IOException {
    line("diff --git " + oldName + " " + newName);
    writeModes(from, to);
    ObjectId oldId = from == null ? ObjectId.zeroId() : from.id();
    ObjectId newId = to == null ? ObjectId.zeroId() : to.id();
    if (oldId.equals(newId)) {
      return;
    }
    String mode =
        from != null && to != null && from.mode().equals(to.mode()) ? " " + modeText(from) : "";
    line("index " + oldId.name() + ".." + newId.name() + mode);
    if (size(reader, from) > LARGE || size(reader, to) > LARGE) {
      binary = true;
      changedBytes += size(reader, from) + size(reader, to);
      line("Binary files " + label(from, oldName) + " and " + label(to, newName) + " differ");
      return;
    }
    writeContent(content(reader, from), content(reader, to), from, to);
  }

  private void writeModes(@Nullable Side from, @Nullable Side to) {
    if (from == null && to != null) {
      line("new file mode " + modeText(to));
    } else if (to == null && from != null) {
      line("deleted file mode " + modeText(from));
    } else if (from != null && to != null && !from.mode().equals(to.mode())) {
      line("old mode " + modeText(from));
      line("new mode " + modeText(to));
    }
  }

  private void writeContent(byte[] old, byte[] fresh, @Nullable Side from, @Nullable Side to) {
    if (isBinary(old) || isBinary(fresh)) {
      binary = true;
      changedBytes += old.length + fresh.length;
      BinaryPatch.write(old, fresh, out);
      return;
    }
    UnifiedHunks hunks = new UnifiedHunks(old, fresh);
    if (old.length > 0 || fresh.length > 0) {
      line("--- " + label(from, oldName) + tab(from));
      line("+++ " + label(to, newName) + tab(to));
    }
    out.writeBytes(hunks.bytes());
    additions += hunks.additions();
    deletions += hunks.deletions();
    changedBytes += hunks.changedBytes();
  }

  private static String label(@Nullable Side side, String name) {
    return side == null ? "/dev/null" : name;
  }

  /** Git ends a name with a blank in it by a tab, so that no reader takes the rest for a date. */
  private String tab(@Nullable Side side) {
    return side != null && path.indexOf(' ') >= 0 ? "\t" : "";
  }

  private static long size(ObjectReader reader, @Nullable Side side) throws IOException {
    return side == null || side.mode().equals(FileMode.GITLINK)
        ? 0
        : reader.getObjectSize(side.id(), Constants.OBJ_BLOB);
  }

  private static byte[] content(ObjectReader reader, @Nullable Side side) throws IOException {
    if (side == null) {
      return new byte[0];
    }
    if (side.mode().equals(FileMode.GITLINK)) {
      return ("Subproject commit " + side.id().name() + "\n").getBytes(UTF_8);
    }
    return reader.open(side.id(), Constants.OBJ_BLOB).getCachedBytes((int) LARGE);
  }

  private static boolean isBinary(byte[] content) {
    for (int i = 0; i < Math.min(BINARY_PROBE, content.length); i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private void line(String text) {
    out.writeBytes((text + "\n").getBytes(UTF_8));
  }

  private static String modeText(Side side) {
    return CommitReader.modeText(side.mode().getBits());
  }

  String path() {
    return path;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  boolean isCreation() {
    return before == null;
  }

  boolean isDeletion() {
    return after == null;
  }

  /** Whether it is a plain file with something in it: empty files are all alike. */
  boolean isMovable() {
    Side side = after == null ? before : after;
    return side != null && side.type() == FileMode.TYPE_FILE && changedBytes > 0;
  }

  /** The blob after, or before where it is deleted. */
  ObjectId blob() {
    Side side = after == null ? before : after;
    return side == null ? ObjectId.zeroId() : side.id();
  }

  /**
   * @param source the deletion of a file with the same content, which this one then was moved from
   */
  TreeDiff.File file(@Nullable FilePatch source) {
    Side old = source == null ? before : source.before;
    return new TreeDiff.File(
        path,
        source == null ? null : source.path,
        source == null ? additions : 0,
        source == null ? deletions : 0,
        source == null ? changedBytes : 0,
        binary,
        old == null ? null : modeText(old),
        after == null ? null : modeText(after));
  }
}
