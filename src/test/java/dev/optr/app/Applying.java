package dev.optr.app;

/** One of the two programs that write a row, and where it is tried. */
interface Applying {
  /**
   * How it ended.
   *
   * @param said everything, on whichever stream
   */
  record Applied(int exit, String said) {}

  /** The same site each time. */
  ApplySite site();

  /** Writes the site's bundle; gives its digest. */
  default String pack() {
    return site().pack();
  }

  /** Writes a row of the site's bundle into its workspace. */
  Applied apply(String digest, String row);
}
