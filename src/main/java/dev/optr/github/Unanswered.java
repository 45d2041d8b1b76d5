package dev.optr.github;

import java.io.IOException;

/** GitHub did not answer: whether the request took effect is not known. */
final class Unanswered extends IOException {
  private static final long serialVersionUID = 1L;

  Unanswered(String message, Throwable cause) {
    super(message, cause);
  }
}
