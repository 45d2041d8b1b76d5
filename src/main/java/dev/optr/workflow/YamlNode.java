package dev.optr.workflow;

import java.util.List;
import java.util.Optional;

/** A YAML document as plain data: aliases expanded, every node with its place. */
sealed interface YamlNode {
  Mark mark();

  /** What a person would call it in a message. */
  default String described() {
    return switch (this) {
      case Mapping _ -> "a mapping";
      case Sequence _ -> "a list";
      case Scalar(Mark _, Kind kind, String text) ->
          switch (kind) {
            case TEXT -> (looksOtherwise(text) ? "the text " : "") + Printable.quoted(text);
            case INTEGER, DECIMAL -> "the number " + Printable.clipped(text);
            case BOOL -> "the truth value " + Printable.clipped(text);
            case NULL -> "empty";
          };
    };
  }

  // Without the quotes it would be no text, which is probably what was meant.
  private static boolean looksOtherwise(String text) {
    return text.matches("[-+.]?[0-9].*|true|false|null");
  }

  /** What the YAML 1.2 core schema makes of a scalar. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOL,
    NULL
  }

  record Scalar(Mark mark, Kind kind, String text) implements YamlNode {}

  record Sequence(Mark mark, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys are unique; of duplicates, which are findings, the first is kept. */
  record Mapping(Mark mark, List<Entry> entries) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    Optional<Entry> find(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
  }

  record Entry(Mark mark, String key, YamlNode value) {}
}
