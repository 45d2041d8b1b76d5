package dev.optr.workflow;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Path patterns. What other tools would read differently is refused rather than never matched: a
 * pattern that hides nothing is a leak that nobody sees.
 */
final class GlobShape {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern CHOICE = Pattern.compile("\\{[^{}]*,[^{}]*}");
  private static final String ALLOWED =
      "a path pattern from the repository's root such as 'src/**' or '**/*.pem'";

  static final Shape<String> GLOB = place -> read(place, false);

  /** A pattern that {@code !} may precede. */
  static final Shape<String> LIFTABLE = place -> read(place, true);

  private GlobShape() {}

  private static Optional<String> read(Place place, boolean liftable) {
    Optional<String> text = Shapes.text(place);
    if (text.isEmpty()) {
      return Shapes.refuse(place, ALLOWED);
    }
    String pattern = liftable && text.get().startsWith("!") ? text.get().substring(1) : text.get();
    Optional<String> problem = problem(pattern);
    problem.ifPresent(found -> place.report(ALLOWED + " (" + found + ")"));
    return problem.isPresent() ? Optional.empty() : text;
  }

  private static Optional<String> problem(String pattern) {
    List<String> segments = List.of(pattern.split("/", -1));
    if (pattern.isBlank()) {
      return Optional.of("not blank");
    }
    if (pattern.startsWith("/") || pattern.indexOf('\\') >= 0) {
      return Optional.of("relative, with slashes");
    }
    if (pattern.endsWith("/")) {
      return Optional.of("for everything in a directory write 'dir/**'");
    }
    if (segments.contains("") || segments.contains(".") || segments.contains("..")) {
      return Optional.of("without the segments '', '.' and '..'");
    }
    if (segments.stream().anyMatch(name -> name.contains("**") && !name.equals("**"))) {
      return Optional.of("'**' is a whole segment");
    }
    if (pattern.startsWith("!")) {
      return Optional.of("no '!' here");
    }
    if (CHOICE.matcher(pattern).find() || CONTROL.matcher(pattern).find()) {
      return Optional.of("one pattern per alternative, no control characters");
    }
    return Optional.empty();
  }
}
