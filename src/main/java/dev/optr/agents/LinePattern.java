package dev.optr.agents;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in the syntax of RE2, matched against lines in time proportional to their
 * length. Thread-safe.
 */
final class LinePattern {
  private final Pattern pattern;
  private final Optional<LineAutomaton> automaton;

  private LinePattern(Pattern pattern, Optional<LineAutomaton> automaton) {
    this.pattern = pattern;
    this.automaton = automaton;
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
      Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
      return new Valid(new LinePattern(pattern, ShapeReader.read(regex).map(LineAutomaton::new)));
    } catch (PatternSyntaxException e) {
      return new Invalid(
          e.getDescription()
              + ": "
              + ShownPath.quoted(Members.brief(e.getPattern()))
              + "; the syntax is that of RE2, without lookaround and back references");
    }
  }

  /** Finds the lines that match, for one thread. */
  LineScanner scanner() {
    return new LineScanner(pattern, automaton);
  }
}
