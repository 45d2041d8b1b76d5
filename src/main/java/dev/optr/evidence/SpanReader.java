package dev.optr.evidence;

import dev.optr.evidence.TextSpan.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parts the lines of one hunk, as they stand after the change, into words and code. A hunk begins
 * anywhere: where a comment ends that did not begin in it, all before is taken for that comment.
 */
final class SpanReader {
  private final CommentStyle style;
  private final List<String> lines;
  private final List<TextSpan> spans = new ArrayList<>();
  private int passage;
  private @Nullable String closes;
  private boolean commentAbove;

  private SpanReader(CommentStyle style, List<String> lines) {
    this.style = style;
    this.lines = lines;
  }

  static List<TextSpan> read(CommentStyle style, List<String> lines) {
    SpanReader reader = new SpanReader(style, lines);
    if (style.words()) {
      reader.readWords();
    } else {
      reader.readCode();
    }
    return reader.spans;
  }

  /** Paragraphs; one that opens a comment goes on until that is closed. */
  private void readWords() {
    Kind kind = style.certain() ? Kind.WORDS : Kind.UNCERTAIN;
    boolean open = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() && !open) {
        passage++;
      }
      spans.add(new TextSpan(i, 0, line.length(), kind, passage));
      int opened = line.lastIndexOf("<!--");
      int closed = line.lastIndexOf("-->");
      open = (opened < 0 && closed < 0) ? open : (opened > closed);
    }
  }

  private void readCode() {
    int first = openedBefore();
    for (int i = 0; i < lines.size(); i++) {
      if (i < first) {
        add(i, 0, lines.get(i).length(), Kind.WORDS);
      } else {
        readLine(i, i == first ? closedAt(lines.get(i)) : 0);
      }
    }
  }

  /** The line in which a comment ends that began before the hunk; 0 where there is none. */
  private int openedBefore() {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.contains("/*") || line.contains("{-") || line.contains("--[[")) {
        return 0;
      }
      if (closedAt(line) > 0) {
        return i;
      }
    }
    return 0;
  }

  /** Behind what closes a comment that this line did not open; 0 where nothing does. */
  private int closedAt(String line) {
    if (closes != null) {
      return 0;
    }
    for (Map.Entry<String, String> block : style.blocks().entrySet()) {
      int closed = line.indexOf(block.getValue());
      boolean differs = !block.getKey().equals(block.getValue());
      int opened = line.indexOf(block.getKey());
      if (differs && closed >= 0 && (opened < 0 || opened > closed)) {
        return closed + block.getValue().length();
      }
    }
    return 0;
  }

  private void readLine(int number, int from) {
    String line = lines.get(number);
    add(number, 0, from, Kind.WORDS);
    boolean comment = from > 0 || closes != null;
    int at = from;
    int code = from;
    while (at < line.length()) {
      if (closes != null) {
        int end = line.indexOf(closes, at);
        int behind = end < 0 ? line.length() : end + closes.length();
        add(number, at, behind, Kind.WORDS);
        closes = end < 0 ? closes : null;
        at = behind;
        code = at;
        continue;
      }
      int words = words(line, at);
      if (words == at) {
        at++;
        continue;
      }
      add(number, code, at, Kind.CODE);
      // A comment that goes on from the line above is one passage with it.
      boolean goesOn = commentAbove && line.substring(0, at).isBlank() && isComment(line, at);
      passage += goesOn ? 0 : 1;
      add(number, at, words, Kind.WORDS);
      comment |= isComment(line, at);
      at = words;
      code = at;
    }
    add(number, code, line.length(), from == 0 && starred(line) ? Kind.UNCERTAIN : Kind.CODE);
    commentAbove = comment || (commentAbove && line.isBlank());
  }

  /** As documentation comments go on, where their beginning is out of sight; or a pointer. */
  private boolean starred(String line) {
    return style.blocks().containsKey("/*") && line.strip().startsWith("*") && !line.contains("*/");
  }

  private boolean isComment(String line, int at) {
    return style.line().stream().anyMatch(mark -> line.startsWith(mark, at))
        || line.startsWith("/*", at);
  }

  /** Behind the words that begin here, opening a block where they go on; {@code at} for code. */
  private int words(String line, int at) {
    // The longest mark first: three quotes are no empty text.
    String opened =
        style.blocks().keySet().stream()
            .filter(mark -> line.startsWith(mark, at))
            .max(Comparator.comparingInt(String::length))
            .orElse(null);
    if (opened != null) {
      closes = style.blocks().get(opened);
      return at + opened.length();
    }
    if (style.line().stream().anyMatch(mark -> line.startsWith(mark, at))) {
      return line.length();
    }
    char quote = line.charAt(at);
    return quote == '"' || quote == '\'' ? closing(line, at, quote) : at;
  }

  /** Behind the quote that closes this one; the next character where none does: an apostrophe. */
  private static int closing(String line, int at, char quote) {
    for (int i = at + 1; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == quote) {
        return i + 1;
      }
    }
    return quote == '"' ? line.length() : at;
  }

  private void add(int line, int start, int end, Kind kind) {
    if (end > start) {
      spans.add(new TextSpan(line, start, end, kind, passage));
    }
  }
}
