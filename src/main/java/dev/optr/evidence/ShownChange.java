package dev.optr.evidence;

import dev.optr.agents.ReviewPrompt;
import dev.optr.agents.ReviewQuestion.ShownFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change as judges are shown it: its diff without ids and binary data, with invisible characters
 * made visible, and without the text that it adds to speak to its judges.
 *
 * @param files in the order of the patch
 * @param withheld the text that was taken out
 * @param addressed where it stood, {@code path:line}, or the path whose name is meant
 * @param incomplete what was taken out may be program code, so that nobody saw the whole change
 */
record ShownChange(
    List<ShownFile> files, List<String> withheld, List<String> addressed, boolean incomplete) {
  private static final Pattern HUNK = Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@");
  private static final Pattern HEADER = Pattern.compile("diff --git (\"?)a/(.*)\\1 \\1b/\\2\\1");

  ShownChange {
    files = List.copyOf(files);
    withheld = List.copyOf(withheld);
    addressed = List.copyOf(addressed);
  }

  /**
   * @param patch as {@code git diff} writes it, without renames
   */
  static ShownChange of(String patch) {
    Reader reader = new Reader();
    for (String line : patch.split("\n", -1)) {
      reader.read(line);
    }
    reader.endFile();
    return new ShownChange(reader.files, reader.withheld, reader.addressed, reader.incomplete);
  }

  /** Control and format characters, spelled out; a line is a line and a tab a tab. */
  private static String visible(String line) {
    StringBuilder out = new StringBuilder();
    line.codePoints()
        .forEach(
            point -> {
              boolean shown =
                  point == '\t'
                      || !(Character.isISOControl(point)
                          || Character.getType(point) == Character.FORMAT
                          || Character.getType(point) == Character.LINE_SEPARATOR
                          || Character.getType(point) == Character.PARAGRAPH_SEPARATOR);
              if (shown) {
                out.appendCodePoint(point);
              } else if (point != '\r') {
                out.append("<U+%04X>".formatted(point));
              }
            });
    return out.toString();
  }

  private static final class Reader {
    private final List<ShownFile> files = new ArrayList<>();
    private final List<String> withheld = new ArrayList<>();
    private final List<String> addressed = new ArrayList<>();
    private final List<String> hunk = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String path = "";
    private boolean speakingPath;
    private boolean binary;
    private boolean inHunk;
    private int firstLine;
    private boolean incomplete;

    void read(String line) {
      if (line.startsWith("diff --git ")) {
        endFile();
        beginFile(line);
      } else if (line.startsWith("@@ ")) {
        endHunk();
        Matcher numbers = HUNK.matcher(line);
        firstLine = numbers.lookingAt() ? Integer.parseInt(numbers.group(1)) : 1;
        inHunk = true;
        text.append(line).append('\n');
      } else if (inHunk) {
        hunk.add(line);
      } else {
        header(line);
      }
    }

    private void beginFile(String line) {
      Matcher names = HEADER.matcher(line);
      path = names.matches() ? names.group(2) : line;
      speakingPath = AddressedText.inWords(path.replaceAll("[/.]", " "));
      if (speakingPath) {
        addressed.add(path);
        withheld.add(path);
      }
      header(line);
    }

    private void header(String line) {
      if (line.startsWith("GIT binary patch") || line.startsWith("Binary files ")) {
        binary = true;
        text.append("[binary content, not shown]\n");
      } else if (!binary && !line.isEmpty() && !line.startsWith("index ")) {
        String shown = speakingPath ? line.replace(path, ReviewPrompt.WITHHELD) : line;
        text.append(visible(shown)).append('\n');
      }
    }

    private void endHunk() {
      if (inHunk) {
        MarkedHunk marked = MarkedHunk.of(CommentStyle.of(path), hunk);
        marked.lines().forEach(line -> text.append(visible(line)).append('\n'));
        withheld.addAll(marked.withheld());
        marked.addressed().forEach(offset -> addressed.add(path + ":" + (firstLine + offset)));
        incomplete |= marked.incomplete();
        hunk.clear();
      }
      inHunk = false;
    }

    void endFile() {
      // The patch's own last line break.
      if (inHunk && !hunk.isEmpty() && hunk.getLast().isEmpty()) {
        hunk.removeLast();
      }
      endHunk();
      if (!text.isEmpty()) {
        files.add(new ShownFile(path, text.toString()));
      }
      text.setLength(0);
      binary = false;
    }
  }
}
