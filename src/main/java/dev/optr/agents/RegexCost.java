package dev.optr.agents;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses expressions that would take too much memory or time before they are compiled: counted
 * repetitions are written out by the library, nested ones multiply, and it sets no bound to that.
 * Nor does it ever find the last of the cases of some characters.
 */
final class RegexCost {
  private static final int LONGEST = 1000;
  private static final int MOST_STEPS = 4000;

  // A group or a set before it makes no difference to the count; only a group can hold another
  // repetition.
  private static final Pattern REPETITION = Pattern.compile("(\\)?)\\{(\\d+)(?:,(\\d*))?\\}");

  // RE2/J 1.8 looks for the other cases of U+1C80 to U+1C88 for ever, also within a range.
  private static final Pattern ANY_CASE = Pattern.compile("\\(\\?[a-zA-Z-]*i");
  private static final Pattern ENDLESS_CASES =
      Pattern.compile(
          "[\\x{1C80}-\\x{1C88}]|\\\\x\\{0*1[cC]8[0-8]\\}|-(?:[\\x{1C80}-\\x{10FFFF}]|\\\\x\\{)");

  private RegexCost() {}

  /** Why an expression is refused, or null where it is not. */
  static @Nullable String refusal(String regex) {
    if (regex.isEmpty()) {
      return "expected an expression, found nothing";
    }
    if (regex.length() > LONGEST) {
      return "expected at most " + LONGEST + " characters, found " + regex.length();
    }
    if (ANY_CASE.matcher(regex).find() && ENDLESS_CASES.matcher(regex).find()) {
      return "'(?i)' does not go with ranges that end beyond U+1C7F, nor with U+1C80 to U+1C88;"
          + " write both cases";
    }
    return steps(regex) > MOST_STEPS
        ? "repetitions such as '{1000}' make it too large; write smaller ones"
        : null;
  }

  /** At least the steps of the compiled expression, give or take a constant factor. */
  private static long steps(String regex) {
    long single = regex.length();
    long nested = 1;
    Matcher matcher = REPETITION.matcher(regex);
    while (matcher.find()) {
      long count = Math.max(1, Math.max(count(matcher.group(2)), count(matcher.group(3))));
      if (matcher.group(1).isEmpty()) {
        single += count;
      } else {
        nested = Math.min(nested * count, MOST_STEPS + 1L);
      }
    }
    return single * nested;
  }

  private static long count(@Nullable String digits) {
    return digits == null || digits.isEmpty()
        ? 0
        : digits.length() > 5 ? MOST_STEPS + 1L : Long.parseLong(digits);
  }
}
