package dev.optr.base;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A server was not reached because of what lies between: a proxy, or a certificate that nobody
 * trusts. The message is ours, names what to look at, and holds no credential.
 */
public final class ConnectionFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean worthRetrying;

  private ConnectionFault(String message, boolean worthRetrying, @Nullable Throwable cause) {
    super(message, cause);
    this.worthRetrying = worthRetrying;
  }

  static ConnectionFault passing(String message, Throwable cause) {
    return new ConnectionFault(message, true, cause);
  }

  static ConnectionFault lasting(String message, @Nullable Throwable cause) {
    return new ConnectionFault(message, false, cause);
  }

  /** Whether the same request may get through a little later. */
  public boolean worthRetrying() {
    return worthRetrying;
  }
}
