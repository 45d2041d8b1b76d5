package dev.optr.rules;

import java.util.List;

/** What became of an expression. */
public sealed interface Compiled {
  record Ready(Rule rule) implements Compiled {}

  /**
   * @param errors at least one, by place
   */
  record Refused(List<RuleError> errors) implements Compiled {
    public Refused {
      errors = List.copyOf(errors);
    }
  }
}
