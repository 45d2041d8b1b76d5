package dev.optr.agents.copilot;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a branch as a stranger gave it. Narrower than what git takes (git-check-ref-format):
 * such a name goes into URLs, messages and ref specs, so it holds nothing that means something in
 * any of these.
 */
final class BranchName {
  private static final String HEADS = "refs/heads/";

  /** Segments of plain characters; none begins with a dot or dash, ends with a dot or is empty. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.+-]|/(?=[A-Za-z0-9_])){0,199}");

  private BranchName() {}

  /** The short name, where the text is one that can be used. */
  static Optional<String> read(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    String name = text.startsWith(HEADS) ? text.substring(HEADS.length()) : text;
    boolean usable =
        PLAIN.matcher(name).matches()
            && !name.contains("..")
            && !name.contains("./")
            && !name.contains(".lock/")
            && !name.endsWith(".lock")
            && !name.endsWith(".");
    return usable ? Optional.of(name) : Optional.empty();
  }

  /**
   * Copilot's cloud agent pushes to branches of this prefix alone, and no other is ever deleted.
   */
  static boolean isCopilots(String name) {
    return name.startsWith("copilot/");
  }
}
