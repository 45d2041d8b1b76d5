package dev.optr.evidence;

import dev.optr.agents.ReviewPrompt;
import dev.optr.agents.ReviewQuestion.ShownFile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells whether a quote stands in a change. White space counts as one blank, and the signs of a
 * diff may be there or not; all else must be as it was shown.
 */
final class Quotes {
  static final int LEAST = 8;

  private final String shown;
  private final String withheld;

  Quotes(ShownChange change) {
    String whole =
        change.files().stream()
            .map(ShownFile::text)
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    // A quote does not reach over what was taken out.
    this.shown = plain(whole.replace(ReviewPrompt.WITHHELD, "\0"));
    this.withheld = change.withheld().stream().map(Quotes::plain).collect(Collectors.joining("\0"));
  }

  /** Why a quote does not count; empty where it does. */
  Optional<String> fault(String quote) {
    List<String> readings = List.of(collapsed(quote), plain(quote)).stream().distinct().toList();
    if (readings.stream().allMatch(reading -> length(reading) < LEAST)) {
      return Optional.of("its quote is shorter than " + LEAST + " characters");
    }
    List<String> standing =
        readings.stream()
            .filter(reading -> length(reading) >= LEAST && shown.contains(reading))
            .toList();
    boolean inWithheld = readings.stream().anyMatch(it -> length(it) >= LEAST && isWithheld(it));
    // It may stand in both; nobody knows which is meant.
    if (inWithheld || AddressedText.inWords(quote)) {
      return Optional.of("its quote stands in text that speaks to judges");
    }
    return standing.isEmpty() ? Optional.of("its quote is not in the diff") : Optional.empty();
  }

  private boolean isWithheld(String reading) {
    return withheld.contains(reading);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Without the signs of a diff. */
  private static String plain(String text) {
    return collapsed(
        text.lines()
            .map(line -> line.matches("[+ -].*") ? line.substring(1) : line)
            .collect(Collectors.joining("\n")));
  }

  private static String collapsed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
