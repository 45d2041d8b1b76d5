package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds the lines that match one expression, in one text after the other: the library looks at
 * those lines alone that may match. For one thread.
 */
final class LineScanner {
  private final Pattern pattern;
  private final LineFilter filter;

  LineScanner(Pattern pattern, Optional<LineAutomaton> automaton) {
    this.pattern = pattern;
    this.filter = new LineFilter(automaton);
  }

  /**
   * The lines of a text that match, until there are enough of them or nobody waits any more.
   *
   * @param text UTF-8
   */
  List<LineMatch> matches(byte[] text, int most, BooleanSupplier stop) {
    List<LineMatch> found = new ArrayList<>();
    int number = 1;
    int begin = 0;
    int at = filter.next(text, 0, stop);
    while (at < text.length && found.size() < most && !stop.getAsBoolean()) {
      number += lineEnds(text, begin, at);
      begin = begin(text, begin, at);
      int end = end(text, at);
      match(text, begin, end, number, stop).ifPresent(found::add);
      begin = end + 1;
      number++;
      at = filter.next(text, begin, stop);
    }
    return found;
  }

  private Optional<LineMatch> match(
      byte[] text, int begin, int end, int number, BooleanSupplier stop) {
    boolean isReturn = end < text.length && end > begin && text[end - 1] == '\r';
    String line = new String(text, begin, end - begin - (isReturn ? 1 : 0), UTF_8);
    Matcher matcher = pattern.matcher(new StoppableText(line, stop));
    try {
      return matcher.find()
          ? Optional.of(LineMatch.of(number, line, matcher.start(), matcher.end()))
          : Optional.empty();
    } catch (StoppableText.Stopped _) {
      return Optional.empty();
    }
  }

  private static int lineEnds(byte[] text, int from, int to) {
    int ends = 0;
    for (int i = from; i < to; i++) {
      ends += text[i] == '\n' ? 1 : 0;
    }
    return ends;
  }

  private static int begin(byte[] text, int least, int at) {
    int begin = at;
    while (begin > least && text[begin - 1] != '\n') {
      begin--;
    }
    return begin;
  }

  private static int end(byte[] text, int at) {
    int end = at;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return end;
  }
}
