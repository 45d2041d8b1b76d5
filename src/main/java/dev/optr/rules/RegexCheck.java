package dev.optr.rules;

import dev.cel.common.CelValidationException;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;

/** Tries the pattern of {@code matches}, so that a wrong one is found before it is needed. */
record RegexCheck(CelCompiler compiler, CelRuntime runtime) {

  /** Why RE2 does not take a pattern; empty where it does. */
  Optional<String> error(String pattern) {
    StringBuilder literal = new StringBuilder();
    pattern.codePoints().forEach(point -> literal.append(String.format("\\U%08x", point)));
    try {
      runtime.createProgram(compiler.compile("''.matches('" + literal + "')").getAst()).eval();
      return Optional.empty();
    } catch (CelValidationException | CelEvaluationException e) {
      return Optional.of(RuleErrors.oneLine(e.getMessage()));
    }
  }
}
