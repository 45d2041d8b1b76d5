package dev.optr.evidence;

import dev.optr.datalake.Candidate;
import dev.optr.evidence.FrozenTests.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the trees that jobs have to verify. A tree is verified once, whoever reached it: it is
 * named after the first.
 */
final class Rows {
  private final String frozenTree;
  private final FrozenTests frozenTests;

  Rows(String frozenTree, FrozenTests frozenTests) {
    this.frozenTree = frozenTree;
    this.frozenTests = frozenTests;
  }

  List<Row> of(List<Examined> settled) {
    List<Candidate> open = settled.stream().filter(Rows::isOpen).map(Examined::candidate).toList();
    Map<String, Row> byTree = new LinkedHashMap<>();
    byTree.put(frozenTree, new Row(Row.HEAD, frozenTree, List.of()));
    // Paths' own trees first: one that is also another's with frozen tests has its plain name.
    for (Candidate candidate : open) {
      add(byTree, candidate.agent(), candidate.agent(), tree(candidate));
    }
    Map<String, Row> restored = new LinkedHashMap<>();
    for (Candidate candidate : open) {
      if (frozenTests.of(candidate) instanceof Version.PutBack(String tree, List<String> _)
          && !byTree.containsKey(tree)) {
        add(restored, candidate.agent() + Row.FROZEN_TESTS, candidate.agent(), tree);
      }
    }
    return Stream.concat(byTree.values().stream(), restored.values().stream()).toList();
  }

  private static boolean isOpen(Examined examined) {
    return examined.candidate().tree() != null
        && examined.whyNot().isEmpty()
        && examined.checks().stream().noneMatch(Check::decidesAgainst);
  }

  private static void add(Map<String, Row> byTree, String name, String agent, String tree) {
    Row row = byTree.getOrDefault(tree, new Row(name, tree, List.of()));
    List<String> agents = Stream.concat(row.agents().stream(), Stream.of(agent)).toList();
    byTree.put(tree, new Row(row.name(), tree, agents));
  }

  private static String tree(Candidate candidate) {
    String tree = candidate.tree();
    if (tree == null) {
      throw new IllegalStateException("only a path with a tree is open");
    }
    return tree;
  }
}
