package dev.optr.base;

/** Foreign text in a message. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** One bounded line of printable ASCII, with question marks for everything else. */
  static String line(String text) {
    String line = text.replaceAll("[^ -~]+", "?");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
