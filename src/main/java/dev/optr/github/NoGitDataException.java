package dev.optr.github;

import dev.optr.base.ServiceException;

/**
 * The server shows the repository but does not have the git data API, or not for this token: a push
 * is what remains.
 */
public final class NoGitDataException extends ServiceException {
  private static final long serialVersionUID = 1L;

  NoGitDataException(String message, Throwable cause) {
    super(message, false, cause);
  }
}
