package dev.optr.base;

/**
 * Something outside that the program needs did not work: GitHub, git, disk. The message says what
 * was being done; the cause is kept. Exit code 3.
 */
public class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean worthRetrying;

  protected ServiceException(String message, boolean worthRetrying, Throwable cause) {
    super(message, cause);
    this.worthRetrying = worthRetrying;
  }

  /** A failure that the same call may not meet again: a timeout, a 5xx, a lock. */
  public static ServiceException passing(String message, Throwable cause) {
    return new ServiceException(message, true, cause);
  }

  /** A failure that trying again will not mend: a refusal, a full disk, a missing object. */
  public static ServiceException lasting(String message, Throwable cause) {
    return new ServiceException(message, false, cause);
  }

  /** See {@link #lasting(String, Throwable)}, where nothing was thrown. */
  public static ServiceException lasting(String message) {
    return new ServiceException(message, false, new IllegalStateException(message));
  }

  public final boolean worthRetrying() {
    return worthRetrying;
  }
}
