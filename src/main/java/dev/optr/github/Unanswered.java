package dev.optr.github;

import dev.optr.base.ConnectionFault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** GitHub did not answer: whether the request took effect is not known. */
final class Unanswered extends IOException {
  private static final long serialVersionUID = 1L;

  Unanswered(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** No connection, or one that was cut. */
  static Unanswered cut(@Nullable Throwable cause) {
    String why = cause instanceof ConnectionFault ? cause.getMessage() : "no connection: " + cause;
    return new Unanswered(String.valueOf(why), cause);
  }

  /** Whether the same request may be answered a little later. */
  boolean worthRetrying() {
    return !(getCause() instanceof ConnectionFault fault) || fault.worthRetrying();
  }
}
