package dev.optr.rules;

import java.util.List;

/**
 * Why an expression is no rule.
 *
 * @param offset where, in code points from the begin of the expression
 * @param message one line, lower case
 * @param word what was not known; empty where the error is another one
 * @param known what could have been meant instead
 */
public record RuleError(int offset, String message, String word, List<String> known) {
  public RuleError {
    known = List.copyOf(known);
  }
}
