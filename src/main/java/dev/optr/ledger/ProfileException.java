package dev.optr.ledger;

/** A line says something that format 1 does not have. */
final class ProfileException extends Exception {
  private static final long serialVersionUID = 1L;

  ProfileException(String message) {
    super(message);
  }
}
