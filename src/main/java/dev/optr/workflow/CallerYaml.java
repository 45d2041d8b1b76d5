package dev.optr.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parts of a calling workflow's tree, and what GitHub would compute in its texts. */
final class CallerYaml {
  private static final String OPEN = "${{";
  private static final String CLOSE = "}}";
  private static final Pattern SECRETS = Pattern.compile("\\bsecrets\\b");
  private static final Pattern TOKEN =
      Pattern.compile("\\bgithub\\s*\\.\\s*token\\b|\\bGITHUB_TOKEN\\b");

  private static final Pattern OTHER_TOKEN =
      Pattern.compile("\\b(?:steps|needs|env|inputs)\\b|\\bsecrets\\s*(?:\\.\\s*\\w|\\[\\s*'\\w)");

  private CallerYaml() {}

  static Optional<YamlNode> value(YamlNode.Mapping parent, String key) {
    return parent.find(key).map(YamlNode.Entry::value);
  }

  static Optional<YamlNode.Mapping> mapping(YamlNode.Mapping parent, String key) {
    return value(parent, key)
        .flatMap(
            node -> node instanceof YamlNode.Mapping found ? Optional.of(found) : Optional.empty());
  }

  static Optional<YamlNode.Scalar> scalar(YamlNode.Mapping parent, String key) {
    return value(parent, key)
        .flatMap(
            node -> node instanceof YamlNode.Scalar found ? Optional.of(found) : Optional.empty());
  }

  /** The text of a key, without blanks around it; empty where there is none or none that counts. */
  static String text(YamlNode.Mapping parent, String key) {
    return scalar(parent, key)
        .filter(found -> found.kind() != YamlNode.Kind.NULL)
        .map(found -> found.text().strip())
        .orElse("");
  }

  /** Every scalar of a tree, in the order of the file. */
  static List<YamlNode.Scalar> scalars(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar -> List.of(scalar);
      case YamlNode.Sequence(Mark _, List<YamlNode> items) ->
          items.stream().flatMap(item -> scalars(item).stream()).toList();
      case YamlNode.Mapping(Mark _, List<YamlNode.Entry> entries) ->
          entries.stream().flatMap(entry -> scalars(entry.value()).stream()).toList();
    };
  }

  /** What stands in {@code ${{ }}}. */
  static List<String> expressions(String text) {
    List<String> found = new ArrayList<>();
    int open = text.indexOf(OPEN);
    while (open >= 0) {
      int close = text.indexOf(CLOSE, open);
      if (close < 0) {
        break;
      }
      found.add(text.substring(open + OPEN.length(), close));
      open = text.indexOf(OPEN, close);
    }
    return found;
  }

  static boolean isComputed(String text) {
    return text.contains(OPEN);
  }

  static boolean namesSecrets(String text) {
    return expressions(text).stream().anyMatch(SECRETS.asPredicate());
  }

  /** The job's own token, by either name. */
  static boolean namesToken(String text) {
    return expressions(text).stream().anyMatch(TOKEN.asPredicate());
  }

  /** Something else than the job's own token, or before it. */
  static boolean namesOtherToken(String text) {
    return expressions(text).stream()
        .anyMatch(it -> OTHER_TOKEN.matcher(TOKEN.matcher(it).replaceAll("")).find());
  }

  static Stream<YamlNode.Scalar> scalarsWith(YamlNode node, Predicate<String> condition) {
    return scalars(node).stream().filter(scalar -> condition.test(scalar.text()));
  }
}
