package dev.optr.base;

/**
 * A text that is no JSON, or more than we take: duplicate names, trailing text, too deep, too long.
 * Says where.
 */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  public JsonException(String message, Throwable cause) {
    super(message, cause);
  }

  public JsonException(String message) {
    super(message);
  }
}
