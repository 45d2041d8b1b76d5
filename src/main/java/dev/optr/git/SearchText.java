package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the text that an edit replaces, in time proportional to file plus text. */
final class SearchText {
  private static final int SHOWN_LINES = 5;
  private static final int SHOWN_CHARACTERS = 160;

  private final byte[] search;

  SearchText(String search) {
    this.search = search.getBytes(UTF_8);
  }

  /** Where the text begins, overlapping places too (Knuth, Morris, Pratt). */
  List<Integer> places(byte[] file) {
    int[] failure = failureTable();
    List<Integer> found = new ArrayList<>();
    int matched = 0;
    for (int i = 0; i < file.length; i++) {
      while (matched > 0 && file[i] != search[matched]) {
        matched = failure[matched - 1];
      }
      if (file[i] == search[matched]) {
        matched++;
      }
      if (matched == search.length) {
        found.add(i - search.length + 1);
        matched = failure[matched - 1];
      }
    }
    return found;
  }

  private int[] failureTable() {
    int[] failure = new int[search.length];
    int matched = 0;
    for (int i = 1; i < search.length; i++) {
      while (matched > 0 && search[i] != search[matched]) {
        matched = failure[matched - 1];
      }
      if (search[i] == search[matched]) {
        matched++;
      }
      failure[i] = matched;
    }
    return failure;
  }

  /** The file with the text at one place replaced. */
  byte[] replaced(byte[] file, int place, String replace) {
    byte[] fresh = replace.getBytes(UTF_8);
    byte[] result = new byte[file.length - search.length + fresh.length];
    System.arraycopy(file, 0, result, 0, place);
    System.arraycopy(fresh, 0, result, place, fresh.length);
    int rest = place + search.length;
    System.arraycopy(file, rest, result, place + fresh.length, file.length - rest);
    return result;
  }

  /** What to say where the text does not stand in the file. */
  String missing(byte[] file) {
    String withCarriageReturns = new String(search, UTF_8).replace("\n", "\r\n");
    if (withCarriageReturns.length() > 0
        && !new SearchText(withCarriageReturns).places(file).isEmpty()) {
      return "the search text was not found, but it would be with line ends CRLF, as in the file";
    }
    return "the search text was not found"
        + nearest(file).map(near -> "; nearest is " + near).orElse("");
  }

  /** What to say where the text stands in the file more than once. */
  static String ambiguous(byte[] file, List<Integer> places) {
    List<Integer> shown = places.subList(0, Math.min(SHOWN_LINES, places.size()));
    String lines =
        shown.stream().map(place -> "" + lineOf(file, place)).collect(Collectors.joining(", "));
    String more = places.size() > shown.size() ? ", ..." : "";
    return "the search text was found "
        + places.size()
        + " times (lines "
        + lines
        + more
        + "); add lines around it until it is found once";
  }

  private static int lineOf(byte[] file, int place) {
    int line = 1;
    for (int i = 0; i < place; i++) {
      if (file[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  private Optional<String> nearest(byte[] file) {
    String wanted =
        new String(search, UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElse("");
    List<String> lines = new String(file, UTF_8).lines().toList();
    int best = -1;
    int bestScore = 0;
    for (int i = 0; i < lines.size(); i++) {
      int score = likeness(wanted, lines.get(i).strip());
      if (score > bestScore) {
        best = i;
        bestScore = score;
      }
    }
    return bestScore < 3
        ? Optional.empty()
        : Optional.of("line " + (best + 1) + ": '" + clipped(lines.get(best).strip()) + "'");
  }

  /** Characters that two lines share at their beginnings and ends. */
  private static int likeness(String wanted, String line) {
    int shortest = Math.min(wanted.length(), line.length());
    int prefix = 0;
    while (prefix < shortest && wanted.charAt(prefix) == line.charAt(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < shortest - prefix
        && wanted.charAt(wanted.length() - 1 - suffix) == line.charAt(line.length() - 1 - suffix)) {
      suffix++;
    }
    return prefix + suffix;
  }

  private static String clipped(String line) {
    return line.length() <= SHOWN_CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN_CHARACTERS / 2)) + "...";
  }
}
