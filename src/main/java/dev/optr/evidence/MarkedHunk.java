package dev.optr.evidence;

import dev.optr.agents.ReviewPrompt;
import dev.optr.evidence.TextSpan.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One hunk without what it adds to speak to judges. A passage that does is taken out whole: all of
 * a comment, a text in quotes or a paragraph, as far as the change adds it.
 *
 * @param lines as shown, each with its sign
 * @param withheld what was taken out
 * @param addressed of each, the number of lines of the new file before it in this hunk
 * @param incomplete program code was taken out, or what may be some
 */
record MarkedHunk(
    List<String> lines, List<String> withheld, List<Integer> addressed, boolean incomplete) {
  MarkedHunk {
    lines = List.copyOf(lines);
    withheld = List.copyOf(withheld);
    addressed = List.copyOf(addressed);
  }

  /**
   * @param hunk its lines with their signs
   */
  static MarkedHunk of(CommentStyle style, List<String> hunk) {
    // The lines of the file after the change, which is where comments begin and end.
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < hunk.size(); i++) {
      if (hunk.get(i).startsWith("+") || hunk.get(i).startsWith(" ")) {
        places.add(i);
      }
    }
    List<String> after = places.stream().map(i -> hunk.get(i).substring(1)).toList();
    List<TextSpan> speaking =
        speaking(
            after,
            SpanReader.read(style, after).stream()
                .filter(span -> hunk.get(places.get(span.line())).startsWith("+"))
                .toList());
    List<String> lines = new ArrayList<>(hunk);
    List<String> withheld = new ArrayList<>();
    // From the end of a line, so that places before stay where they are.
    for (TextSpan span : speaking.reversed()) {
      int place = places.get(span.line());
      String line = lines.get(place);
      withheld.addFirst(line.substring(span.start() + 1, span.end() + 1));
      lines.set(
          place,
          line.substring(0, span.start() + 1)
              + ReviewPrompt.WITHHELD
              + line.substring(span.end() + 1));
    }
    return new MarkedHunk(
        lines,
        withheld,
        speaking.stream().map(TextSpan::line).distinct().toList(),
        speaking.stream().anyMatch(span -> span.kind() != Kind.WORDS));
  }

  /** Spans to take out, in the order of the text. */
  private static List<TextSpan> speaking(List<String> lines, List<TextSpan> added) {
    List<TextSpan> found = new ArrayList<>();
    Map<Integer, List<TextSpan>> passages =
        added.stream()
            .filter(span -> span.kind() != Kind.CODE)
            .collect(Collectors.groupingBy(TextSpan::passage, TreeMap::new, Collectors.toList()));
    for (List<TextSpan> passage : passages.values()) {
      String words =
          passage.stream().map(span -> text(lines, span)).collect(Collectors.joining(" "));
      if (AddressedText.inWords(words)) {
        found.addAll(passage);
      }
    }
    added.stream()
        .filter(span -> span.kind() == Kind.CODE && AddressedText.inCode(text(lines, span)))
        .forEach(found::add);
    found.sort(Comparator.comparingInt(TextSpan::line).thenComparingInt(TextSpan::start));
    return found;
  }

  private static String text(List<String> lines, TextSpan span) {
    return lines.get(span.line()).substring(span.start(), span.end());
  }
}
