package dev.optr.base;

/** A credential. Prints stars; {@link #reveal()} is the one, searchable way to its value. */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a credential as it was read; surrounding white space is no part of it. */
  public static Secret of(String value) {
    String stripped = value.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("a secret is never blank");
    }
    return new Secret(stripped);
  }

  /** The credential itself, for the one place that sends or masks it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "Secret[***]";
  }
}
