package dev.optr.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.git.TreeDiff;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a canonical patch once, file by file. Its parts stand in the order of their
 * paths' bytes, so that no quoted name has to be read; what was only moved has none that count.
 */
final class PatchLines {
  private static final String PART = "diff --git ";
  // What tells something stands in front; a minified file may be one line of megabytes.
  private static final int LONGEST = 400;

  private final Map<String, FileLines> files = new HashMap<>();
  private final List<String> paths;
  private String header = "";
  private int part = -1;
  private boolean inHunk;
  private @Nullable FileLines file;

  private PatchLines(TreeDiff diff) {
    diff.files().stream()
        .filter(changed -> changed.from() == null && !changed.binary())
        .forEach(changed -> files.put(changed.path(), new FileLines(changed.path())));
    this.paths =
        diff.files().stream()
            .flatMap(changed -> Stream.of(changed.path(), changed.from()))
            .filter(path -> path != null)
            .distinct()
            .sorted(
                (left, right) ->
                    Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8)))
            .toList();
  }

  /** By path; binary and moved files are not among them. */
  static Map<String, FileLines> of(TreeDiff diff) {
    PatchLines lines = new PatchLines(diff);
    byte[] patch = diff.patch().toArray();
    int start = 0;
    for (int i = 0; i < patch.length; i++) {
      if (patch[i] == '\n') {
        lines.read(patch, start, i);
        start = i + 1;
      }
    }
    return lines.files;
  }

  private void read(byte[] patch, int start, int end) {
    int length = Math.min(end - start, inHunk ? LONGEST : Integer.MAX_VALUE);
    if (length == 0 || (inHunk && patch[start] == ' ')) {
      return;
    }
    String line = new String(patch, start, length, ISO_8859_1);
    if (line.startsWith(PART)) {
      begin(line);
    } else if (line.startsWith("@@ ")) {
      inHunk = true;
    } else if (inHunk && file != null) {
      switch (line.charAt(0)) {
        case '+' -> file.added(line.substring(1));
        case '-' -> file.removed(line.substring(1));
        default -> {}
      }
    }
  }

  /** A file that becomes a link is deleted and added: two parts with one name. */
  private void begin(String line) {
    part += line.equals(header) ? 0 : 1;
    header = line;
    inHunk = false;
    file = part < paths.size() ? files.get(paths.get(part)) : null;
  }
}
