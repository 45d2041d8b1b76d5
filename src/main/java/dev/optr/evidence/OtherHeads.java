package dev.optr.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other open pull requests for the same base, or the branches that count as such. */
public sealed interface OtherHeads {
  record Listed(List<Head> heads) implements OtherHeads {
    public Listed {
      heads = List.copyOf(heads);
    }
  }

  /**
   * Nobody knows which ones there are.
   *
   * @param reason one sentence
   */
  record Unlisted(String reason) implements OtherHeads {}

  /**
   * @param number of the pull request; null for a branch
   * @param commit 40 hex digits
   * @param fork its branch is in another repository: shown, never merged with, decides nothing
   * @param missing why its commit is not here, half a sentence; null where it is
   */
  record Head(
      @Nullable Long number,
      String branch,
      String commit,
      boolean fork,
      @Nullable String missing) {}

  /** Finds them while the agents are asked. */
  @FunctionalInterface
  interface Source {
    OtherHeads await() throws InterruptedException;
  }
}
