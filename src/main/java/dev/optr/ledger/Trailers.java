package dev.optr.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The trailers of an anchor commit. They are hints for people and for finding; verification
 * computes them again.
 *
 * @param entry id of the entry that the commit is made for
 * @param heads heads of the union at that commit
 * @param size number of entries in it
 * @param root RFC 6962 root over the lines of the container
 * @param container path of the file that received the line
 */
record Trailers(String entry, List<String> heads, int size, String root, String container) {
  private static final Pattern TRAILER =
      Pattern.compile("Optr-Ledger-(Entry|Heads|Size|Root|Container): (\\S+)");
  private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,8}");

  Trailers {
    heads = List.copyOf(heads);
  }

  String text() {
    return """
    Optr-Ledger-Entry: %s
    Optr-Ledger-Heads: %s
    Optr-Ledger-Size: %d
    Optr-Ledger-Root: %s
    Optr-Ledger-Container: %s
    """
        .formatted(entry, String.join(",", heads), size, root, container);
  }

  /** Ids that the trailers of a message name; a squash has those of several commits. */
  static Set<String> named(String message) {
    return message
        .lines()
        .map(TRAILER::matcher)
        .filter(trailer -> trailer.matches() && trailer.group(1).equals("Entry"))
        .map(trailer -> trailer.group(2))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Reads them from the lines of a commit message; empty where they are not all there. */
  static Optional<Trailers> parse(String message) {
    Map<String, String> values = new TreeMap<>();
    message
        .lines()
        .map(TRAILER::matcher)
        .filter(Matcher::matches)
        .forEach(trailer -> values.put(trailer.group(1), trailer.group(2)));
    String size = values.getOrDefault("Size", "");
    if (values.size() < 5 || !SIZE.matcher(size).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Trailers(
            values.getOrDefault("Entry", ""),
            List.of(values.getOrDefault("Heads", "").split(",", -1)),
            Integer.parseInt(size),
            values.getOrDefault("Root", ""),
            values.getOrDefault("Container", "")));
  }
}
