package dev.optr.app;

/** The exit codes of the README; what other steps branch on is the output {@code outcome}. */
enum ExitCode {
  OK(0),
  NONE_ADMISSIBLE(1),
  USER_MUST_ACT(2),
  SERVICE_FAILED(3),
  TAMPERED(4),
  UNDECIDED(5),
  BUG(70),
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
