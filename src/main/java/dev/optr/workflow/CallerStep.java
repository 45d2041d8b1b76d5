package dev.optr.workflow;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a job.
 *
 * @param use null where it runs a script
 */
record CallerStep(YamlNode.Mapping body, @Nullable CallerUse use) {

  CallerRole role() {
    return use == null ? CallerRole.NONE : CallerRole.of(use.part(), input("phase"));
  }

  /** The value of an input as it is written; empty where it is absent or blank. */
  String input(String name) {
    return entry(name)
        .map(YamlNode.Entry::value)
        .map(value -> value instanceof YamlNode.Scalar scalar ? scalar.text().strip() : "")
        .orElse("");
  }

  /** The input of that name; the Action reads names with dashes and with underscores. */
  Optional<YamlNode.Entry> entry(String name) {
    return CallerYaml.mapping(body, "with").stream()
        .flatMap(with -> with.entries().stream())
        .filter(entry -> plain(entry.key()).equals(name))
        .findFirst();
  }

  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isAction(String name) {
    return use != null && use.isAction(name);
  }
}
