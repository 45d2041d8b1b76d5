package dev.optr.github;

import dev.optr.base.Bytes;
import java.util.Set;

/** What becomes of one path of a tree. */
public sealed interface TreeEdit {
  /** A regular file. */
  static TreeEdit file(Bytes content) {
    return new Put(content, "100644");
  }

  /**
   * A file stands there with this content.
   *
   * @param mode {@code 100644}, {@code 100755}, or {@code 120000} for a symbolic link
   */
  record Put(Bytes content, String mode) implements TreeEdit {
    private static final Set<String> MODES = Set.of("100644", "100755", "120000");

    public Put {
      if (!MODES.contains(mode)) {
        throw new IllegalArgumentException("no mode of a file: '" + mode + "'");
      }
    }
  }

  /** What is there goes; GitHub refuses this where nothing is there. */
  record Delete() implements TreeEdit {}
}
