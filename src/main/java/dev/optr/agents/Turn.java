package dev.optr.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a model.
 *
 * @param tokens that it took
 * @param model as the provider named it; null where it did not
 */
public record Turn(Said said, TokenUse tokens, @Nullable String model) {
  /** UTF-16 code units that the model said, for estimates. */
  long length() {
    return switch (said) {
      case Calls(List<ToolCall> calls) ->
          calls.stream().mapToLong(call -> call.name().length() + call.arguments().length()).sum();
      case Text(String text) -> text.length();
      case Paused _, Failed _ -> 0;
    };
  }

  /** What came of a turn. */
  public sealed interface Said {}

  /** At least one. */
  public record Calls(List<ToolCall> calls) implements Said {
    public Calls {
      calls = List.copyOf(calls);
    }
  }

  /** Words, perhaps the protocol as text; possibly empty. */
  public record Text(String text) implements Said {}

  /** The provider wants to be asked to go on. */
  public record Paused() implements Said {}

  /** The lane ends. */
  public record Failed(FailureCode code, String message) implements Said {}

  /** A turn that came to nothing before the model said anything. */
  public static Turn failed(FailureCode code, String message) {
    return new Turn(new Failed(code, message), TokenUse.NONE, null);
  }
}
