package dev.optr.ledger;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Entries of a ledger, each once, parents before children. */
public final class Entries implements Iterable<Entry> {
  private final List<Entry> entries;

  private Entries(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  static Entries of(List<Entry> entries) {
    return new Entries(entries);
  }

  /** All of them, in order. */
  public Stream<Entry> stream() {
    return entries.stream();
  }

  @Override
  public Iterator<Entry> iterator() {
    return stream().iterator();
  }

  /** The entry with that id, where it is among them. */
  public Optional<Entry> find(String id) {
    return stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  Entries without(Set<String> ids) {
    return new Entries(stream().filter(entry -> !ids.contains(entry.id())).toList());
  }
}
