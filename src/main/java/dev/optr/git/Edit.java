package dev.optr.git;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One edit as an agent proposes it; paths are from the repository's root, with slashes, and not yet
 * trusted.
 */
public sealed interface Edit {
  String path();

  /** Every path and text that it holds. */
  default Stream<String> texts() {
    return switch (this) {
      case Create(String path, String content, boolean _) -> Stream.of(path, content);
      case Replace(String path, String search, String replace) -> Stream.of(path, search, replace);
      case Rewrite(String path, String content, Boolean _) -> Stream.of(path, content);
      case Delete(String path) -> Stream.of(path);
      case Rename(String path, String to) -> Stream.of(path, to);
    };
  }

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
