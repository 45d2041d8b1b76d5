package dev.optr.workflow;

/**
 * Something in a workflow that calls the Action.
 *
 * @param rule id of the rule, as docs/lint.md has it
 * @param file as messages name it
 * @param line from 1
 * @param column from 1, in code points
 * @param message what was found, what to write
 */
public record CallerFinding(
    String rule, Severity severity, String file, int line, int column, String message) {
  public enum Severity {
    ERROR,
    WARNING
  }

  /** {@code file:line:column: what was found, what to write [rule]}. */
  public String text() {
    return file + ":" + line + ":" + column + ": " + message + " [" + rule + "]";
  }
}
