package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in the syntax of RE2, matched against lines in time proportional to their
 * length. Thread-safe.
 */
final class LinePattern {
  /** A line may be looked at for this many bytes before somebody asks whether to go on. */
  private static final int BLOCK = 16 << 10;

  // Within a block, the anchors of the whole text differ from those of its lines; so do flags that
  // are switched off.
  private static final java.util.regex.Pattern BY_LINE_ALONE =
      java.util.regex.Pattern.compile("\\\\[AzQ]|\\(\\?[a-zA-Z]*-");

  private final Pattern pattern;
  private final boolean byLineAlone;

  private LinePattern(Pattern pattern, boolean byLineAlone) {
    this.pattern = pattern;
    this.byLineAlone = byLineAlone;
  }

  /** What an expression was read as. */
  sealed interface Result {}

  record Valid(LinePattern pattern) implements Result {}

  record Invalid(String error) implements Result {}

  static Result of(String regex) {
    @Nullable String unfit = RegexCost.refusal(regex);
    if (unfit != null) {
      return new Invalid(unfit);
    }
    try {
      return new Valid(
          new LinePattern(
              Pattern.compile(regex, Pattern.MULTILINE), BY_LINE_ALONE.matcher(regex).find()));
    } catch (PatternSyntaxException e) {
      return new Invalid(
          e.getDescription()
              + ": "
              + ShownPath.quoted(Members.brief(e.getPattern()))
              + "; the syntax is that of RE2, without lookaround and back references");
    }
  }

  /**
   * The lines of a text that match, until there are enough of them or nobody waits any more.
   *
   * @param text UTF-8
   */
  List<LineMatch> matches(byte[] text, int most, BooleanSupplier stop) {
    List<LineMatch> found = new ArrayList<>();
    int number = 1;
    int start = 0;
    while (start < text.length && found.size() < most && !stop.getAsBoolean()) {
      int end = blockEnd(text, start);
      boolean one = end - start > BLOCK;
      byte[] block = withoutLineEnds(text, start, end);
      if (one || byLineAlone || pattern.matcher(block).find()) {
        addMatches(new String(block, UTF_8), number, most, stop, found);
      }
      number += count(text, start, end);
      start = end;
    }
    return found;
  }

  /** As many whole lines as a block holds; one line where that one is longer. */
  private static int blockEnd(byte[] text, int start) {
    int end = Math.min(start + BLOCK, text.length);
    if (end == text.length) {
      return end;
    }
    int fit = end;
    while (fit > start && text[fit - 1] != '\n') {
      fit--;
    }
    if (fit > start) {
      return fit;
    }
    while (end < text.length && text[end - 1] != '\n') {
      end++;
    }
    return end;
  }

  /** A copy without the last line end, and with LF in place of CR LF. */
  private static byte[] withoutLineEnds(byte[] text, int start, int end) {
    byte[] block = new byte[end - start];
    int size = 0;
    for (int i = start; i < end; i++) {
      boolean isReturn = text[i] == '\r' && i + 1 < end && text[i + 1] == '\n';
      boolean isLast = text[i] == '\n' && i + 1 == end;
      if (!isReturn && !isLast) {
        block[size++] = text[i];
      }
    }
    return size == block.length ? block : Arrays.copyOf(block, size);
  }

  private static int count(byte[] text, int start, int end) {
    int lines = 0;
    for (int i = start; i < end; i++) {
      lines += text[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  // The library takes a character beyond ASCII for the beginning of a line where it reads bytes, so
  // that what matches in bytes is looked at again as text.
  private void addMatches(
      String block, int first, int most, BooleanSupplier stop, List<LineMatch> found) {
    int number = first;
    int start = 0;
    while (start <= block.length() && found.size() < most && !stop.getAsBoolean()) {
      int newline = block.indexOf('\n', start);
      int end = newline < 0 ? block.length() : newline;
      String line = block.substring(start, end);
      Matcher matcher = pattern.matcher(new StoppableText(line, stop));
      try {
        if (matcher.find()) {
          found.add(LineMatch.of(number, line, matcher.start(), matcher.end()));
        }
      } catch (StoppableText.Stopped _) {
        return;
      }
      number++;
      start = end + 1;
    }
  }
}
