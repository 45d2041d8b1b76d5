package dev.optr.git;

import org.eclipse.jgit.errors.MissingObjectException;

/**
 * The clone has not got an object that its commits name: it is partial, shallow or damaged. Nothing
 * can be decided that rests on it.
 */
public final class AbsentObjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String object;

  private AbsentObjectException(String object, Throwable cause) {
    super("the object " + object + " is not in this clone", cause);
    this.object = object;
  }

  static AbsentObjectException of(MissingObjectException cause) {
    return new AbsentObjectException(cause.getObjectId().name(), cause);
  }

  /** Id of the object. */
  public String object() {
    return object;
  }
}
