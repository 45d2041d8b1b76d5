package dev.optr.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the type checker lets pass and no rule may have. */
record RuleShape(Set<String> checks, RegexCheck regex) {
  private static final int DEEPEST_LOOPS = 2;

  RuleShape {
    checks = Set.copyOf(checks);
  }

  List<RuleError> errors(CelAbstractSyntaxTree tree) {
    Stream<RuleError> result =
        tree.getResultType().equals(SimpleType.BOOL)
            ? Stream.empty()
            : Stream.of(
                error(
                    0,
                    "the rule is of type '"
                        + tree.getResultType().name()
                        + "', needed: 'bool', such as a comparison"));
    Stream<RuleError> nodes =
        CelNavigableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .flatMap(node -> errorAt(tree, node).stream());
    return Stream.concat(result, nodes).distinct().toList();
  }

  private Optional<RuleError> errorAt(CelAbstractSyntaxTree tree, CelNavigableExpr node) {
    int offset = offset(tree, node.expr());
    return switch (node.getKind()) {
      case COMPREHENSION ->
          loops(node) > DEEPEST_LOOPS
              ? Optional.of(error(offset, "loops are nested too deep, allowed: " + DEEPEST_LOOPS))
              : Optional.empty();
      case LIST -> mixed(tree, node.expr(), node.expr().list().elements().isEmpty(), offset);
      case MAP -> mixed(tree, node.expr(), node.expr().map().entries().isEmpty(), offset);
      case CALL -> call(tree, node.expr(), offset);
      case SELECT -> wholeChecks(tree, node, offset);
      case NOT_SET, CONSTANT, IDENT, STRUCT -> Optional.empty();
    };
  }

  private static int loops(CelNavigableExpr node) {
    int loops = 0;
    Optional<CelNavigableExpr> at = Optional.of(node);
    while (at.isPresent()) {
      loops += at.get().getKind() == Kind.COMPREHENSION ? 1 : 0;
      at = at.get().parent();
    }
    return loops;
  }

  /** Values of several types in one list have no declared type, and no typo in them is found. */
  private static Optional<RuleError> mixed(
      CelAbstractSyntaxTree tree, CelExpr expression, boolean empty, int offset) {
    boolean declared =
        tree.getType(expression.id()).stream()
            .flatMap(type -> type.parameters().stream())
            .map(CelType::kind)
            .noneMatch(CelKind.DYN::equals);
    return empty || declared
        ? Optional.empty()
        : Optional.of(error(offset, "values of several types in one list or map, allowed: of one"));
  }

  private Optional<RuleError> call(CelAbstractSyntaxTree tree, CelExpr expression, int offset) {
    CelExpr.CelCall call = expression.call();
    return switch (call.function()) {
      case "_+_" ->
          tree.getType(expression.id()).map(CelType::kind).filter(CelKind.LIST::equals).isPresent()
                  && !isMacros(call.args().getFirst())
              ? Optional.of(error(offset, "lists are joined by '+', allowed: numbers"))
              : Optional.empty();
      case "matches" -> pattern(call).flatMap(regex::error).map(why -> error(offset, why));
      case "_[_]" -> check(tree, call);
      default -> Optional.empty();
    };
  }

  /** What map and filter are made of; nobody can write such a name. */
  private static boolean isMacros(CelExpr expression) {
    return expression.getKind() == Kind.IDENT && expression.ident().name().startsWith("@");
  }

  private static Optional<String> pattern(CelExpr.CelCall call) {
    return text(call.args().getLast());
  }

  /** A check without a result is not known, which CEL sees where one is read, not in the map. */
  private static Optional<RuleError> wholeChecks(
      CelAbstractSyntaxTree tree, CelNavigableExpr node, int offset) {
    return isChecks(tree, node.expr())
            && node.parent().filter(parent -> isIndexOf(parent, node)).isEmpty()
        ? Optional.of(error(offset, "'checks' as a whole, allowed: one by its id, checks['tests']"))
        : Optional.empty();
  }

  private static boolean isIndexOf(CelNavigableExpr parent, CelNavigableExpr node) {
    return parent.getKind() == Kind.CALL
        && parent.expr().call().function().equals("_[_]")
        && parent.expr().call().args().getFirst().id() == node.id();
  }

  private static boolean isChecks(CelAbstractSyntaxTree tree, CelExpr expression) {
    return expression.getKind() == Kind.SELECT
        && expression.select().field().equals("checks")
        && tree.getType(expression.select().operand().id())
            .filter(type -> type.name().equals(FactTypes.CANDIDATE.name()))
            .isPresent();
  }

  private Optional<RuleError> check(CelAbstractSyntaxTree tree, CelExpr.CelCall call) {
    return isChecks(tree, call.args().getFirst())
        ? text(call.args().getLast())
            .filter(id -> !checks.contains(id))
            .map(
                id ->
                    new RuleError(
                        offset(tree, call.args().getLast()),
                        RuleErrors.oneLine("there is no check '" + id + "'"),
                        id,
                        List.copyOf(new TreeSet<>(checks))))
        : Optional.empty();
  }

  private static Optional<String> text(CelExpr expression) {
    return expression.getKind() == Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(expression.constant().stringValue())
        : Optional.empty();
  }

  private static int offset(CelAbstractSyntaxTree tree, CelExpr expression) {
    return tree.getSource().getPositionsMap().getOrDefault(expression.id(), 0);
  }

  private static RuleError error(int offset, String message) {
    return new RuleError(offset, message, "", List.of());
  }
}
