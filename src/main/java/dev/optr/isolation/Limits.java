package dev.optr.isolation;

/**
 * What one run of confined code may use. Memory has no limit of its own, since programs reserve far
 * more addresses than they use; what runs confined is the first that the kernel ends when memory is
 * short.
 *
 * @param processes processes and threads at once, beyond those that the user runs already
 * @param openFiles per process
 * @param bytes in all of its directories together, and in any one file
 * @param files in all of its directories together
 */
public record Limits(int processes, int openFiles, long bytes, int files) {
  public static final Limits USUAL = new Limits(2048, 8192, 2L << 30, 1_000_000);
}
