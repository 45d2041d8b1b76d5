package dev.optr.workflow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A mapping of the file while it is read. Every key that is asked for is known; what was never
 * asked for is unknown, and reported by {@link #close}.
 */
final class Section implements AutoCloseable {
  private final String path;
  private final YamlNode.Mapping mapping;
  private final Findings findings;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String path, YamlNode.Mapping mapping, Findings findings) {
    this.path = path;
    this.mapping = mapping;
    this.findings = findings;
  }

  /** The file's top level. */
  static Section top(YamlNode.Mapping mapping, Findings findings) {
    return new Section("", mapping, findings);
  }

  /** A mapping whose keys {@code reader} asks for; empty where a part that it needs is missing. */
  static <T> Shape<T> shape(String members, Function<Section, Optional<T>> reader) {
    return place -> {
      if (!(place.node() instanceof YamlNode.Mapping mapping)) {
        return Shapes.refuse(place, "a mapping with " + members);
      }
      try (Section section = new Section(place.path(), mapping, place.findings())) {
        return reader.apply(section);
      }
    };
  }

  /** The value of a key; empty where it is absent, or of another shape, which is reported. */
  <T> Optional<T> find(String key, Shape<T> shape) {
    known.add(key);
    return mapping.find(key).flatMap(entry -> shape.read(place(entry)));
  }

  /** The value of a key, or its default. */
  <T> T get(String key, Shape<T> shape, T fallback) {
    return find(key, shape).orElse(fallback);
  }

  /** One of an enum's constants, written in lower case with dashes. */
  <E extends Enum<E>> E choice(String key, E fallback) {
    return get(key, Shapes.oneOf(fallback.getDeclaringClass()), fallback);
  }

  /** The value of a key; where it is absent, that is a finding. */
  <T> Optional<T> need(String key, Shape<T> shape) {
    if (!has(key)) {
      report("has no " + Printable.quoted(key) + ", which is needed");
    }
    return find(key, shape);
  }

  /** The items of a key; none where it is absent. */
  <T> List<T> items(String key, Shape<T> item, String items) {
    return get(key, Shapes.listOf(item, items), List.of());
  }

  /** A key that exists, but not here. */
  void forbid(String key, String where) {
    known.add(key);
    mapping
        .find(key)
        .ifPresent(
            entry ->
                findings.add(entry.mark(), "'" + pathOf(key) + "' is given, allowed: " + where));
  }

  boolean has(String key) {
    return mapping.find(key).isPresent();
  }

  /** How many items the list of a key has, readable or not. */
  int count(String key) {
    return mapping
        .find(key)
        .map(entry -> entry.value() instanceof YamlNode.Sequence list ? list.items().size() : 0)
        .orElse(0);
  }

  /** A finding on the value of a key, or on the whole mapping where the key is absent. */
  void reportAt(String key, String message) {
    Mark mark = mapping.find(key).map(entry -> entry.value().mark()).orElse(mapping.mark());
    findings.add(mark, "'" + pathOf(key) + "' " + message);
  }

  /** A finding on the whole mapping. */
  void report(String message) {
    findings.add(mapping.mark(), (path.isEmpty() ? "the file" : "'" + path + "'") + " " + message);
  }

  @Override
  public void close() {
    for (YamlNode.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        findings.add(
            entry.mark(),
            "unknown key "
                + Printable.quoted(pathOf(entry.key()))
                + ", allowed: "
                + Shapes.list(new TreeSet<>(known))
                + Suggestion.near(entry.key(), known));
      }
    }
  }

  private Place place(YamlNode.Entry entry) {
    return new Place(pathOf(entry.key()), entry.value(), findings);
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
