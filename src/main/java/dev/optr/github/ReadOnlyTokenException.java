package dev.optr.github;

/**
 * The token may not write here: the pull request comes from a fork or from Dependabot, or the
 * workflow grants too few permissions. The run goes on as report only.
 */
public final class ReadOnlyTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReadOnlyTokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
