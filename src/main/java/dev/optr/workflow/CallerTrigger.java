package dev.optr.workflow;

import java.util.List;
import java.util.Optional;

/**
 * An event that starts a workflow.
 *
 * @param settings its types and filters; empty where there are none
 */
record CallerTrigger(Mark mark, String event, YamlNode.Mapping settings) {
  /**
   * {@code on: x}, {@code on: [x, y]} or a mapping; YAML 1.1 tools write the key as {@code true}.
   */
  static List<CallerTrigger> of(YamlNode.Mapping workflow) {
    Optional<YamlNode.Entry> on = workflow.find("on").or(() -> workflow.find("true"));
    return on.map(entry -> triggers(entry.value())).orElseGet(List::of);
  }

  private static List<CallerTrigger> triggers(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar -> List.of(plain(scalar.mark(), scalar.text()));
      case YamlNode.Sequence(Mark _, List<YamlNode> items) ->
          items.stream()
              .filter(YamlNode.Scalar.class::isInstance)
              .map(YamlNode.Scalar.class::cast)
              .map(scalar -> plain(scalar.mark(), scalar.text()))
              .toList();
      case YamlNode.Mapping(Mark _, List<YamlNode.Entry> entries) ->
          entries.stream()
              .map(
                  entry ->
                      entry.value() instanceof YamlNode.Mapping settings
                          ? new CallerTrigger(entry.mark(), entry.key(), settings)
                          : plain(entry.mark(), entry.key()))
              .toList();
    };
  }

  private static CallerTrigger plain(Mark mark, String event) {
    return new CallerTrigger(mark, event, new YamlNode.Mapping(mark, List.of()));
  }

  /**
   * The types that are asked for; empty where none are written, which means GitHub's own choice.
   */
  List<String> types() {
    return CallerYaml.value(settings, "types").stream()
        .flatMap(node -> CallerYaml.scalars(node).stream())
        .map(YamlNode.Scalar::text)
        .toList();
  }
}
