package dev.optr.evidence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises foreign credentials in one line of text: by the forms that their issuers document, and
 * by entropy where a value is given to something that is called a secret, or sent as one. Knows
 * nothing of this run's own credentials.
 */
public final class SecretPatterns {
  static final String STARS = "***";

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|credential)"
              + "[A-Za-z0-9_-]{0,20}[\"']?\\s{0,3}(?:=>|:=|=|:)\\s{0,3}[\"']?"
              + "([A-Za-z0-9+/=_-]{20,200})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SENT =
      Pattern.compile(
          "(?:authorization|x-api-key|bearer|basic)[\"']?\\s{0,3}[:,= ]\\s{0,3}[\"']?"
              + "(?:(?:bearer|basic|token)\\s{1,3})?([A-Za-z0-9+/=_.-]{20,400})",
          Pattern.CASE_INSENSITIVE);
  private static final int FEWEST_OF_EACH = 3;
  // Random hex has just below 4 bits per character, words and identifiers with few digits 3.
  private static final double LEAST_BITS_PER_CHARACTER = 3.5;

  private SecretPatterns() {}

  /** What the line seems to hold, for people; never the value itself. */
  static Optional<String> find(String line) {
    return SecretFormat.find(line).or(() -> random(ASSIGNED, line)).or(() -> random(SENT, line));
  }

  /**
   * The text with stars for what looks like a foreign credential. Redacting once more changes
   * nothing.
   */
  public static String redact(String text) {
    String before;
    String redacted = text;
    do {
      before = redacted;
      redacted = starred(SENT, starred(ASSIGNED, SecretFormat.redact(before)));
    } while (!redacted.equals(before));
    return redacted;
  }

  private static String starred(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    StringBuilder starred = new StringBuilder();
    int kept = 0;
    while (matcher.find()) {
      if (looksRandom(matcher.group(1))) {
        starred.append(text, kept, matcher.start(1)).append(STARS);
        kept = matcher.end(1);
      }
    }
    return starred.append(text, kept, text.length()).toString();
  }

  private static Optional<String> random(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    while (matcher.find()) {
      if (looksRandom(matcher.group(1))) {
        return Optional.of("a random value called a secret");
      }
    }
    return Optional.empty();
  }

  private static boolean looksRandom(String value) {
    return value.chars().filter(Character::isDigit).count() >= FEWEST_OF_EACH
        && value.chars().filter(Character::isLetter).count() >= FEWEST_OF_EACH
        && bitsPerCharacter(value) >= LEAST_BITS_PER_CHARACTER;
  }

  /** Shannon's entropy of the value's own characters. */
  private static double bitsPerCharacter(String value) {
    double[] counts = new double[128];
    value.chars().forEach(c -> counts[c]++);
    double bits = 0;
    for (double count : counts) {
      if (count > 0) {
        double share = count / value.length();
        bits -= share * StrictMath.log(share) / StrictMath.log(2);
      }
    }
    return bits;
  }
}
