package dev.optr.workflow;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds where in a file a path such as {@code agents[0].model} is written. */
final class YamlPath {
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]+)]");

  private YamlPath() {}

  /** The place of the value, or of its nearest written parent. */
  static Mark mark(YamlNode root, String path) {
    YamlNode node = root;
    for (MatchResult step : STEP.matcher(path).results().toList()) {
      Optional<YamlNode> next = next(node, step);
      if (next.isEmpty()) {
        break;
      }
      node = next.get();
    }
    return node.mark();
  }

  /** How many items the list at a top-level key has; 0 where there is none. */
  static int count(YamlNode root, String key) {
    return root instanceof YamlNode.Mapping mapping
            && mapping.find(key).map(YamlNode.Entry::value).orElse(root)
                instanceof YamlNode.Sequence list
        ? list.items().size()
        : 0;
  }

  private static Optional<YamlNode> next(YamlNode node, MatchResult step) {
    return switch (node) {
      case YamlNode.Mapping mapping when step.group(1) != null ->
          mapping.find(step.group(1)).map(YamlNode.Entry::value);
      case YamlNode.Sequence(Mark _, var items) when step.group(2) != null ->
          items.stream().skip(Long.parseLong(step.group(2))).findFirst();
      default -> Optional.empty();
    };
  }
}
