package dev.optr.workflow;

import dev.optr.workflow.YamlNode.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Turns composed nodes into plain ones. Aliases share nodes, so a small file can stand for an
 * endless tree: nesting and the number of nodes are limited here again.
 */
final class YamlTree {
  private static final int MOST_NODES = 20_000;
  private static final Map<Tag, Kind> SCALARS =
      Map.of(
          Tag.STR, Kind.TEXT,
          Tag.INT, Kind.INTEGER,
          Tag.FLOAT, Kind.DECIMAL,
          Tag.BOOL, Kind.BOOL,
          Tag.NULL, Kind.NULL);

  private final Findings findings;
  private int nodes;
  private boolean tooLarge;

  YamlTree(Findings findings) {
    this.findings = findings;
  }

  /** The node with all that is below it; empty where it is refused, which is then a finding. */
  Optional<YamlNode> read(Node root) {
    Optional<YamlNode> tree = read(root, 1);
    return tooLarge ? Optional.empty() : tree;
  }

  private Optional<YamlNode> read(Node node, int depth) {
    if (tooLarge) {
      return Optional.empty();
    }
    Mark mark = YamlReader.mark(node.getStartMark());
    if (++nodes > MOST_NODES || depth > YamlReader.DEEPEST + 1) {
      tooLarge = true;
      findings.add(
          mark,
          nodes > MOST_NODES
              ? "too many values where all aliases are expanded, allowed: " + MOST_NODES
              : YamlReader.tooDeep());
      return Optional.empty();
    }
    return switch (node) {
      case ScalarNode scalar ->
          Optional.ofNullable(SCALARS.get(scalar.getTag()))
              .<YamlNode>map(kind -> new YamlNode.Scalar(mark, kind, scalar.getValue()))
              .or(() -> refuseTag(mark, scalar));
      case SequenceNode sequence when sequence.getTag().equals(Tag.SEQ) ->
          Optional.of(sequence(mark, sequence, depth));
      case MappingNode mapping when mapping.getTag().equals(Tag.MAP) ->
          Optional.of(mapping(mark, mapping, depth));
      default -> refuseTag(mark, node);
    };
  }

  private Optional<YamlNode> refuseTag(Mark mark, Node node) {
    findings.add(
        mark,
        "tag "
            + Printable.quoted(node.getTag().getValue())
            + ", allowed: values without custom tags");
    return Optional.empty();
  }

  private YamlNode sequence(Mark mark, SequenceNode sequence, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      read(item, depth + 1).ifPresent(items::add);
    }
    return new YamlNode.Sequence(mark, items);
  }

  private YamlNode mapping(Mark mark, MappingNode mapping, int depth) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Mark keyMark = YamlReader.mark(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        findings.add(keyMark, "a key that is a list or a mapping, allowed: words");
        continue;
      }
      read(tuple.getValueNode(), depth + 1)
          .ifPresent(value -> add(entries, new YamlNode.Entry(keyMark, key.getValue(), value)));
    }
    return new YamlNode.Mapping(mark, List.copyOf(entries.values()));
  }

  private void add(Map<String, YamlNode.Entry> entries, YamlNode.Entry entry) {
    YamlNode.Entry first = entries.putIfAbsent(entry.key(), entry);
    if (first != null) {
      findings.add(
          entry.mark(),
          "duplicate key "
              + Printable.quoted(entry.key())
              + ", allowed: one, the first is in line "
              + first.mark().line());
    }
  }
}
