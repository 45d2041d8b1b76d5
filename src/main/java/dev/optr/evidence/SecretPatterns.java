package dev.optr.evidence;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises foreign credentials in one line of text: by the forms that their issuers document, and
 * by entropy where a value is given to something that is called a secret. Knows nothing of this
 * run's own credentials.
 */
final class SecretPatterns {
  private static final List<Form> FORMS =
      List.of(
          Form.of("a private key", "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY"),
          Form.of("a GitHub token", "\\bgh[pousr]_[A-Za-z0-9]{36}|\\bgithub_pat_[A-Za-z0-9_]{22}"),
          Form.of("a GitLab token", "\\bglpat-[A-Za-z0-9_-]{20}"),
          Form.of("an Anthropic key", "\\bsk-ant-[A-Za-z0-9_-]{20}"),
          Form.of(
              "an OpenAI key",
              "\\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20}|\\bsk-[A-Za-z0-9]{40}"),
          Form.of("an AWS access key", "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          Form.of("a Google API key", "\\bAIza[A-Za-z0-9_-]{35}"),
          Form.of("an Azure storage key", "AccountKey=[A-Za-z0-9+/]{86}=="),
          Form.of("a Slack token", "\\bxox[abeprs]-[A-Za-z0-9-]{10}"),
          Form.of("a Slack webhook", "hooks\\.slack\\.com/services/T[A-Za-z0-9]{6,}/B"),
          Form.of("a Stripe key", "\\b[rs]k_live_[A-Za-z0-9]{16}"),
          Form.of("an npm token", "\\bnpm_[A-Za-z0-9]{36}"),
          Form.of("a PyPI token", "\\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50}"),
          Form.of(
              "a JSON web token",
              "\\beyJ[A-Za-z0-9_-]{10,4096}\\.eyJ[A-Za-z0-9_-]{10,4096}\\.[A-Za-z0-9_-]{10}"));

  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|credential)"
              + "[A-Za-z0-9_-]{0,20}[\"']?\\s{0,3}(?:=>|:=|=|:)\\s{0,3}[\"']?"
              + "([A-Za-z0-9+/=_-]{20,200})",
          Pattern.CASE_INSENSITIVE);
  private static final int FEWEST_OF_EACH = 3;
  // Random hex has just below 4 bits per character, words and identifiers with few digits 3.
  private static final double LEAST_BITS_PER_CHARACTER = 3.5;

  private SecretPatterns() {}

  private record Form(String name, Pattern pattern) {
    static Form of(String name, String regex) {
      return new Form(name, Pattern.compile(regex));
    }
  }

  /** What the line seems to hold, for people; never the value itself. */
  static Optional<String> find(String line) {
    return FORMS.stream()
        .filter(form -> form.pattern().matcher(line).find())
        .findFirst()
        .map(Form::name)
        .or(() -> assigned(line));
  }

  private static Optional<String> assigned(String line) {
    Matcher matcher = ASSIGNED.matcher(line);
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
