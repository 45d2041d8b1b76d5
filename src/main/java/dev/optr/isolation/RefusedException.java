package dev.optr.isolation;

/** The system refused a call that confines: nothing may be started then. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param errno the error's number, as errno(3) counts
   */
  RefusedException(String what, int errno) {
    super(what + ": error " + errno);
  }

  RefusedException(String message) {
    super(message);
  }
}
