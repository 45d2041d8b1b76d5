package dev.optr.agents;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happened to a lane. Carries nothing that an agent wrote, but for paths that exist. */
public sealed interface LaneEvent {
  record Asked() implements LaneEvent {}

  /** An earlier run had paid for the answer already. */
  record Taken(String outcome) implements LaneEvent {}

  /**
   * @param outcome as in {@link Answer#outcome}
   * @param code null unless the lane failed
   */
  record Answered(String outcome, @Nullable FailureCode code, long durationMs)
      implements LaneEvent {}

  /**
   * A turn is over.
   *
   * @param tokens of the lane so far; 0 where the provider does not tell
   * @param doing what the model did, in safe words
   */
  record Turn(int number, long tokens, String doing) implements LaneEvent {}

  /**
   * The provider works on its own.
   *
   * @param doing what it is at, in safe words
   */
  record Waiting(String doing) implements LaneEvent {}

  record Examined() implements LaneEvent {}

  static LaneEvent answered(Answer answer) {
    FailureCode code = answer instanceof Answer.Failed failed ? failed.code() : null;
    return new Answered(answer.outcome(), code, answer.exchange().durationMs());
  }

  /** One line for people, without the lane's name. */
  default String text() {
    return switch (this) {
      case Asked _ -> "asked";
      case Taken(String outcome) -> outcome + ", kept from an earlier run";
      case Answered(String outcome, FailureCode code, long durationMs) ->
          (code == null ? outcome : outcome + ": " + code)
              + String.format(Locale.ROOT, " after %.1f s", durationMs / 1000.0);
      case Turn(int number, long tokens, String doing) ->
          "turn " + number + (tokens == 0 ? "" : ", " + tokens(tokens)) + ", " + doing;
      case Waiting(String doing) -> doing;
      case Examined _ -> "examined";
    };
  }

  private static String tokens(long tokens) {
    return tokens < 1000 ? tokens + " tokens" : Math.round(tokens / 1000.0) + " k tokens";
  }
}
