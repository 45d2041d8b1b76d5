package dev.optr.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entries as a graph of parents. It has no cycle: an id is a digest over the ids of the
 * parents.
 */
final class EntryGraph {
  private final List<Entry> entries;
  private final Map<String, Integer> positions;

  private EntryGraph(List<Entry> entries, Map<String, Integer> positions) {
    this.entries = entries;
    this.positions = positions;
  }

  /** Takes every id once, its first line. */
  static EntryGraph of(List<Entry> lines) {
    Map<String, Entry> byId = new HashMap<>();
    List<Entry> distinct = new ArrayList<>();
    for (Entry line : lines) {
      if (byId.putIfAbsent(line.id(), line) == null) {
        distinct.add(line);
      }
    }
    List<Entry> sorted = parentsFirst(distinct, byId);
    Map<String, Integer> positions = new HashMap<>();
    sorted.forEach(entry -> positions.put(entry.id(), positions.size()));
    return new EntryGraph(sorted, positions);
  }

  private static List<Entry> parentsFirst(List<Entry> entries, Map<String, Entry> byId) {
    Map<String, Integer> waiting = new HashMap<>();
    Map<String, List<Entry>> children = new HashMap<>();
    Deque<Entry> ready = new ArrayDeque<>();
    for (Entry entry : entries) {
      List<String> present =
          entry.body().common().parents().stream().filter(byId::containsKey).toList();
      present.forEach(
          parent -> children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(entry));
      waiting.put(entry.id(), present.size());
      if (present.isEmpty()) {
        ready.add(entry);
      }
    }
    List<Entry> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      Entry next = ready.remove();
      sorted.add(next);
      for (Entry child : children.getOrDefault(next.id(), List.of())) {
        if (waiting.merge(child.id(), -1, Integer::sum) == 0) {
          ready.add(child);
        }
      }
    }
    return List.copyOf(sorted);
  }

  /** Every entry once, parents before children. */
  List<Entry> entries() {
    return entries;
  }

  Optional<Entry> find(String id) {
    return Optional.ofNullable(positions.get(id)).map(entries::get);
  }

  /** Entries that are nobody's parent, sorted by id. */
  List<String> heads() {
    BitSet parents = new BitSet();
    entries.forEach(entry -> parentPositions(entry).forEach(parents::set));
    return entries.stream()
        .map(Entry::id)
        .filter(id -> !parents.get(positions.getOrDefault(id, 0)))
        .sorted()
        .toList();
  }

  /** The parents of an entry that are here. */
  List<Entry> parents(Entry entry) {
    return parentPositions(entry).stream().map(entries::get).toList();
  }

  /** The named entries with all their ancestors. */
  Closure closure(Collection<String> ids) {
    BitSet inside = new BitSet();
    ids.stream().filter(positions::containsKey).map(positions::get).forEach(inside::set);
    // Parents stand before children: one walk from the last to the first sees every link.
    for (int i = inside.length() - 1; i >= 0; i = inside.previousSetBit(i - 1)) {
      parentPositions(entries.get(i)).forEach(inside::set);
    }
    return new Closure(inside);
  }

  /** True where one entry is an ancestor of another; looks no further back than to it. */
  boolean isAncestor(String ancestor, Entry descendant) {
    Integer target = positions.get(ancestor);
    if (target == null) {
      return false;
    }
    BitSet seen = new BitSet();
    parentPositions(descendant).forEach(seen::set);
    for (int i = seen.length() - 1; i > target; i = seen.previousSetBit(i - 1)) {
      parentPositions(entries.get(i)).forEach(seen::set);
    }
    return seen.get(target);
  }

  /** A set of entries that holds the ancestors of each. */
  final class Closure {
    private final BitSet inside;

    private Closure(BitSet inside) {
      this.inside = inside;
    }

    boolean contains(String id) {
      Integer position = positions.get(id);
      return position != null && inside.get(position);
    }
  }

  private List<Integer> parentPositions(Entry entry) {
    return entry.body().common().parents().stream()
        .filter(positions::containsKey)
        .map(positions::get)
        .toList();
  }
}
