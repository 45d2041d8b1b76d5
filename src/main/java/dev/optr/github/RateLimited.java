package dev.optr.github;

import java.io.IOException;

/** GitHub asks for more patience than a run has. */
final class RateLimited extends IOException {
  private static final long serialVersionUID = 1L;

  RateLimited(String message) {
    super(message);
  }
}
