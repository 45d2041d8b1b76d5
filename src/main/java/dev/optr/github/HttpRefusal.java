package dev.optr.github;

import java.io.IOException;

/** GitHub answered, with an error. The message is GitHub's own, without our token in any form. */
final class HttpRefusal extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  HttpRefusal(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
