package dev.optr.report;

/** Foreign text as a terminal may have it. */
public final class Shown {
  private static final int LONGEST = 2000;

  private Shown() {}

  /** One line without anything that acts or deceives: see {@link Characters}. */
  public static String line(String text) {
    return Characters.line(text, LONGEST);
  }
}
