package dev.optr.ledger;

/** A time stamp that does not hold; the message says why. */
final class TimestampException extends Exception {
  private static final long serialVersionUID = 1L;

  TimestampException(String message) {
    super(message);
  }

  TimestampException(String message, Throwable cause) {
    super(message, cause);
  }
}
