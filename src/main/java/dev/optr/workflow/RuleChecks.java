package dev.optr.workflow;

import dev.optr.rules.Compiled;
import dev.optr.rules.RuleCompiler;
import dev.optr.rules.RuleError;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compiles every rule of the file, so that a wrong one is a finding with its place. Reads the
 * file's nodes, not its values: other findings must not hide these.
 */
final class RuleChecks {
  private final YamlNode.Mapping file;
  private final String source;
  private final Findings findings;

  /**
   * @param source the file as text
   */
  RuleChecks(YamlNode.Mapping file, String source, Findings findings) {
    this.file = file;
    this.source = source;
    this.findings = findings;
  }

  void check() {
    List<YamlNode> constraints = items("constraints").toList();
    if (constraints.stream().noneMatch(item -> text(item, "rule").isPresent())) {
      return;
    }
    RuleCompiler compiler = new RuleCompiler(checks());
    for (int i = 0; i < constraints.size(); i++) {
      String path = "constraints[" + i + "].rule";
      text(constraints.get(i), "rule").ifPresent(rule -> check(compiler, path, rule));
    }
  }

  private void check(RuleCompiler compiler, String path, YamlNode.Scalar rule) {
    if (rule.text().isBlank()) {
      return;
    }
    switch (compiler.compile(rule.text())) {
      case Compiled.Ready _ -> {}
      case Compiled.Refused(List<RuleError> errors) ->
          errors.forEach(
              error ->
                  findings.add(
                      ScalarPlace.of(source, rule, error.offset()),
                      "'"
                          + path
                          + "': "
                          + error.message()
                          + Suggestion.near(error.word(), error.known())));
    }
  }

  private Set<String> checks() {
    Set<String> checks = new HashSet<>(Names.BUILT_IN_CHECKS);
    items("invariants")
        .flatMap(item -> text(item, "id").stream())
        .map(YamlNode.Scalar::text)
        .forEach(checks::add);
    return checks;
  }

  private Stream<YamlNode> items(String key) {
    return file.find(key).map(YamlNode.Entry::value).stream()
        .flatMap(
            value ->
                value instanceof YamlNode.Sequence list ? list.items().stream() : Stream.empty());
  }

  private static Optional<YamlNode.Scalar> text(YamlNode item, String key) {
    return item instanceof YamlNode.Mapping mapping
        ? mapping
            .find(key)
            .map(YamlNode.Entry::value)
            .filter(YamlNode.Scalar.class::isInstance)
            .map(YamlNode.Scalar.class::cast)
            .filter(scalar -> scalar.kind() == YamlNode.Kind.TEXT)
        : Optional.empty();
  }
}
