package dev.optr.agents.copilot;

import dev.optr.agents.FailureCode;

/** How one step of the lane came out: with what the next one needs, or with the lane's end. */
sealed interface Result<T> {
  record Got<T>(T value) implements Result<T> {}

  record Ended<T>(FailureCode code, String message) implements Result<T> {
    /** The same end, of a step that would have given something else. */
    <R> Ended<R> of() {
      return new Ended<>(code, message);
    }
  }

  /** A step that needs what came before. */
  @FunctionalInterface
  interface Next<T, R> {
    Result<R> go(T value) throws InterruptedException;
  }

  static <T> Result<T> got(T value) {
    return new Got<>(value);
  }

  static <T> Result<T> ended(FailureCode code, String message) {
    return new Ended<>(code, message);
  }

  /** Goes on, unless the lane has ended. */
  default <R> Result<R> then(Next<? super T, R> next) throws InterruptedException {
    return switch (this) {
      case Got<T>(T value) -> next.go(value);
      case Ended<T> ended -> ended.of();
    };
  }
}
