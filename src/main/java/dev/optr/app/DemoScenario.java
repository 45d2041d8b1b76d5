package dev.optr.app;

import dev.optr.base.UserException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the recorded agents of the demo answer. */
enum DemoScenario {
  SELECTED("selected"),
  NONE_ADMISSIBLE("none-admissible"),
  CONSTRAINTS("constraints");

  private final String label;

  DemoScenario(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static DemoScenario of(String label) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "--scenario: '%s' is none; write one of %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(DemoScenario::label)
                                .collect(Collectors.joining(", ")))));
  }
}
