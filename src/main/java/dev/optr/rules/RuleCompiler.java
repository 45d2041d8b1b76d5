package dev.optr.rules;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.checker.CelStandardDeclarations.StandardOverload;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Set;

/**
 * Compiles rules: boolean expressions of the Common Expression Language over the facts of {@link
 * RuleFacts}. What is written wrongly is an error here, not when a candidate is judged. Without
 * time, without text that grows, and without values of no declared type, so that what a rule costs
 * is bounded by its length and by the facts.
 */
public final class RuleCompiler {
  /** Longest expression, in code points. */
  static final int LONGEST = 4000;

  private static final int DEEPEST = 32;
  private static final int MOST_NODES = 1000;
  // RE2's instructions; a pattern with {1000} has about as many.
  private static final int LARGEST_REGEX = 2000;
  // Over all loops of an evaluation; a diff of 5,000 files takes 5,000 per loop over it.
  private static final int MOST_ITERATIONS = 500_000;
  // Nothing here has a time or a free type, and text that grows could grow without a bound.
  private static final Set<StandardFunction> WITHOUT =
      Set.of(StandardFunction.DYN, StandardFunction.TYPE);
  private static final Set<String> GROWING = Set.of("add_string", "add_bytes");

  private final CelCompiler compiler;
  private final CelRuntime runtime;
  private final RuleShape shape;

  /**
   * @param checks ids that {@code candidate.checks} may have
   */
  public RuleCompiler(Set<String> checks) {
    CelOptions options =
        CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .maxParseExpressionNodeCount(MOST_NODES)
            .maxRegexProgramSize(LARGEST_REGEX)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .enableUnknownTracking(true)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    FactTypes types = new FactTypes();
    this.compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setTypeProvider(types)
            .addVar("candidate", FactTypes.CANDIDATE)
            .addVar("intent", FactTypes.INTENT)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .filterFunctions(RuleCompiler::isDeclared)
                    .build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .build();
    this.runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(options)
            .setTypeProvider(types)
            .build();
    this.shape = new RuleShape(checks, new RegexCheck(compiler, runtime));
  }

  /** The rule that an expression is, or everything that is wrong with it. */
  public Compiled compile(String expression) {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(expression).getAst();
      List<RuleError> errors = shape.errors(tree);
      return errors.isEmpty()
          ? new Compiled.Ready(new Rule(runtime.createProgram(tree)))
          : new Compiled.Refused(errors);
    } catch (CelValidationException e) {
      return new Compiled.Refused(
          e.getErrors().stream()
              .map(issue -> RuleErrors.of(expression, issue))
              .distinct()
              .toList());
    } catch (CelEvaluationException e) {
      return new Compiled.Refused(
          List.of(new RuleError(0, RuleErrors.oneLine(e.getMessage()), "", List.of())));
    }
  }

  private static boolean isDeclared(StandardFunction function, StandardOverload overload) {
    String id = overload.celOverloadDecl().overloadId();
    boolean timed =
        overload.celOverloadDecl().parameterTypes().stream()
                .anyMatch(
                    type -> type.equals(SimpleType.TIMESTAMP) || type.equals(SimpleType.DURATION))
            || overload.celOverloadDecl().resultType().equals(SimpleType.TIMESTAMP)
            || overload.celOverloadDecl().resultType().equals(SimpleType.DURATION);
    return !timed && !WITHOUT.contains(function) && !GROWING.contains(id);
  }
}
