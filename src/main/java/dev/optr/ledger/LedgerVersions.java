package dev.optr.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of ledger files that history had. Of a version that grew out of another only the new
 * end is read.
 */
final class LedgerVersions {
  private final LedgerHistory history;
  private final LineTable table;
  private final LineTree tree = new LineTree();
  private final Map<String, Integer> nodes = new HashMap<>();
  private final Map<Integer, List<Integer>> nodesOfEntry = new HashMap<>();
  private final Map<Integer, MerkleFrontier> frontiers =
      new HashMap<>(Map.of(LineTree.ROOT, MerkleFrontier.EMPTY));

  LedgerVersions(LedgerHistory history, LineTable table) {
    this.history = history;
    this.table = table;
  }

  LineTable table() {
    return table;
  }

  LineTree tree() {
    return tree;
  }

  /** The version that is known already; {@link LineTree#ROOT} for no file. */
  int node(@Nullable String version) {
    return version == null ? LineTree.ROOT : nodes.getOrDefault(version, LineTree.ROOT);
  }

  /**
   * Reads a version once.
   *
   * @param before a known version that it may have grown out of
   */
  int read(String version, @Nullable String before) {
    Integer known = nodes.get(version);
    if (known != null) {
      return known;
    }
    int start = before == null ? LineTree.ROOT : grownFrom(version, before);
    Reading reading = new Reading(start);
    LineTable.split(history.from(version, tree.end(start)), reading::line);
    nodes.put(version, reading.at);
    return reading.at;
  }

  private int grownFrom(String version, String before) {
    int shared = history.sharedPrefix(version, before);
    int start = tree.within(node(before), shared);
    // A last line without LF may go on in the new version.
    return tree.isEnded(start) ? start : tree.parent(start);
  }

  /** A walk along the lines of one version. */
  private final class Reading {
    private int at;

    Reading(int start) {
      this.at = start;
    }

    void line(byte[] bytes, boolean ended) {
      int line = table.number(bytes, ended);
      int size = tree.size();
      at = tree.append(at, line, bytes.length, ended);
      int entry = table.entryOf(line);
      if (tree.size() > size && entry != LineTable.NO_ENTRY) {
        nodesOfEntry.computeIfAbsent(entry, _ -> new ArrayList<>(1)).add(at);
      }
    }
  }

  /** Whether an entry was in any version so far. */
  boolean isKnown(int entry) {
    return nodesOfEntry.containsKey(entry);
  }

  /** Whether an entry stands in a version. */
  boolean contains(int node, int entry) {
    return nodesOfEntry.getOrDefault(entry, List.of()).stream()
        .anyMatch(line -> tree.isPrefix(line, node));
  }

  /** Whether an entry stands in any file of a state. */
  boolean isIn(String state, int entry) {
    return history.files(state).values().stream()
        .anyMatch(version -> contains(read(version, null), entry));
  }

  /** All entries of a state. */
  Set<Integer> entries(String state) {
    Set<Integer> entries = new HashSet<>();
    history
        .files(state)
        .values()
        .forEach(
            version ->
                lines(LineTree.ROOT, read(version, null))
                    .forEach(node -> add(entries, tree.line(node))));
    return entries;
  }

  private void add(Set<Integer> entries, int line) {
    int entry = table.entryOf(line);
    if (entry != LineTable.NO_ENTRY) {
      entries.add(entry);
    }
  }

  /** The lines behind a beginning, in order, as the versions that end with them. */
  List<Integer> lines(int beginning, int node) {
    Deque<Integer> lines = new ArrayDeque<>();
    for (int at = node; at != beginning; at = tree.parent(at)) {
      lines.addFirst(at);
    }
    return List.copyOf(lines);
  }

  int entry(int node) {
    return table.entryOf(tree.line(node));
  }

  /** RFC 6962 root over the lines of a version. */
  String root(int node) {
    Deque<Integer> missing = new ArrayDeque<>();
    int at = node;
    while (!frontiers.containsKey(at)) {
      missing.addFirst(at);
      at = tree.parent(at);
    }
    MerkleFrontier frontier = frontiers.getOrDefault(at, MerkleFrontier.EMPTY);
    for (int line : missing) {
      frontier = frontier.with(table.leaf(tree.line(line)));
    }
    frontiers.put(node, frontier);
    return frontier.root();
  }
}
