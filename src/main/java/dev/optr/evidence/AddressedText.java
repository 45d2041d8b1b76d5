package dev.optr.evidence;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells text that speaks to whoever judges a change: to reviewers or models, about verdicts, or
 * about who made the change (docs/workflow-file.md lists what is looked for). It finds what is
 * written plainly; a judge must withstand the rest.
 */
final class AddressedText {
  private static final String READERS =
      "(?:reviewers?|judges?|graders?|evaluators?|assessors?|auditors?|llms?|ais?|ai (?:models?|agents?|assistants?|reviewers?|judges?)|language models?|assistants?)";
  private static final String MAKERS =
      "(?:claude|anthropic|codex|openai|chatgpt|gpt|copilot|gemini|llm|ai|an ai)";
  private static final String CHANGE =
      "(?:this|the|my|our) (?:change|diff|patch|commit|pull request|pr|path|candidate|proposal|edit|solution)";

  // What no program has among its own words.
  private static final List<Pattern> ANYWHERE =
      patterns(
          "\\b(?:ignore|disregard|forget|override)\\b.{0,40}\\b(?:previous|prior|above|earlier|other|all|your|system|these|those)\\b.{0,40}\\b(?:instructions?|prompts?|rules?|constraints?|directions?|messages?)\\b",
          "\\bas an? (?:ai|llm|language model|reviewer|judge|evaluator|assistant)\\b",
          "\\b(?:please|kindly|must|should|shall|always) (?:approve|accept|mark (?:this|it|all)|vote|answer true|say held)\\b",
          "\\b" + READERS + " (?:please )?(?:approve|accept|pass|ignore|skip|trust)\\b",
          "\\bapprove (?:this|the|my) (?:change|diff|patch|commit|pull request|pr|proposal)\\b",
          "\\bsubmit verdicts?\\b",
          "\\blooks good to me\\b");

  // What a program may well name, but a comment or a text says to somebody.
  private static final List<Pattern> IN_WORDS =
      patterns(
          "(?:^|[^\\w ] ?|\\b(?:dear|hey|hi|hello|note to|attention|notice to|to all|to the|for the|for any) )"
              + READERS
              + " ?[:,!]",
          "\\b(?:dear|attention|note to|notice to|message to|instructions? (?:to|for)) (?:the |any |all )?"
              + READERS
              + "\\b",
          "\\blgtm\\b",
          "\\bapproved by\\b",
          "\\bverdicts? ?(?:[:=]|is|must|should|shall)",
          "\\bheld\\b[\"']? ?[:=] ?[\"']?true\\b",
          "\\b"
              + CHANGE
              + "\\b.{0,60}\\b(?:holds?|compl(?:y|ies)|satisf(?:y|ies)|meets?|respects?|conforms?|fulfil+s?|(?:does not|doesn't|do not) (?:break|violate))\\b",
          "\\b(?:all |every |the |each )?(?:constraints?|c\\d{1,2})\\b.{0,40}\\b(?:is|are|was|were|has been|have been)? ?(?:held|holds?|satisfied|met|fulfilled|respected|not (?:broken|violated))\\b",
          "\\b(?:system|developer) prompt\\b",
          "<\\|? ?(?:system|im start|im end|user|assistant) ?\\|?>",
          "\\[/?inst\\]",
          "\\bco authored by ?:",
          "\\b(?:generated|written|authored|created|made|produced) (?:by|with|using) .{0,20}\\b"
              + MAKERS
              + "\\b");

  private AddressedText() {}

  /** Whether a comment, a text in quotes or a line of prose speaks to its judges. */
  static boolean inWords(String text) {
    String plain = plain(text);
    return Stream.concat(ANYWHERE.stream(), IN_WORDS.stream())
        .anyMatch(pattern -> pattern.matcher(plain).find());
  }

  /** The same of program code, or of what may be code: names alone say nothing yet. */
  static boolean inCode(String text) {
    String plain = plain(text);
    return ANYWHERE.stream().anyMatch(pattern -> pattern.matcher(plain).find());
  }

  private static List<Pattern> patterns(String... expressions) {
    return Stream.of(expressions).map(Pattern::compile).toList();
  }

  /**
   * Without what only looks like something else: letters of other widths, invisible ones, marks on
   * letters, several blanks, joints of names.
   */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("[\\p{Cf}\\p{Mn}\\\\]", "")
        .replaceAll("[\\s_*#-]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
