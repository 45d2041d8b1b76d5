package dev.optr.execution;

import java.util.regex.Pattern;

/** What git and JGit say where another push holds the lock of a ref, which passes. */
final class HeldLock {
  /** A branch that its owner has locked is another matter: it stays so. */
  private static final Pattern WORDS =
      Pattern.compile("(?i)(failed to|cannot|could not) lock|lock failure|\\.lock'");

  private HeldLock() {}

  /**
   * @param reasons a server's words
   */
  static boolean isToldBy(String reasons) {
    return WORDS.matcher(reasons).find();
  }
}
