package dev.optr.git;

import org.jspecify.annotations.Nullable;

/**
 * One edit as an agent proposes it; paths are from the repository's root, with slashes, and not yet
 * trusted.
 */
public sealed interface Edit {
  String path();

  /** A file that must not exist yet. */
  record Create(String path, String content, boolean executable) implements Edit {}

  /** {@code search} must stand in the file exactly once. */
  record Replace(String path, String search, String replace) implements Edit {}

  /**
   * The whole new content of a file that must exist.
   *
   * @param executable null keeps the mode as it is
   */
  record Rewrite(String path, String content, @Nullable Boolean executable) implements Edit {}

  /** A file that must exist. */
  record Delete(String path) implements Edit {}

  /** {@code path} must exist, {@code to} must not. */
  record Rename(String path, String to) implements Edit {}
}
