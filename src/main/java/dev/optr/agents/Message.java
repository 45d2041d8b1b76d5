package dev.optr.agents;

import java.util.List;

/** What a model is told after its last turn. */
public sealed interface Message {
  /** One result for each call of the last turn, in the order of the calls. */
  record Results(List<ToolResult> results) implements Message {
    public Results {
      results = List.copyOf(results);
    }
  }

  /** Plain words. */
  record Text(String text) implements Message {}

  /** Nothing new: the provider paused and wants to be asked to go on. */
  record Resume() implements Message {}

  /** UTF-16 code units, for estimates. */
  default long length() {
    return switch (this) {
      case Results(List<ToolResult> results) ->
          results.stream().mapToLong(result -> result.text().length()).sum();
      case Text(String text) -> text.length();
      case Resume _ -> 0;
    };
  }
}
