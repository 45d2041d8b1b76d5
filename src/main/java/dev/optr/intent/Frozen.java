package dev.optr.intent;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an intent is about.
 *
 * @param commit the frozen commit, a git object id in hex
 * @param tree the frozen tree: the commit's tree without the top-level entry {@code datalake}
 * @param baseCommit null outside a pull request
 * @param excludedFiles files of the frozen tree that no agent is shown
 */
public record Frozen(String commit, String tree, @Nullable String baseCommit, int excludedFiles) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  public Frozen {
    check(commit);
    check(tree);
    if (baseCommit != null) {
      check(baseCommit);
    }
    if (excludedFiles < 0) {
      throw new IllegalArgumentException("fewer than no files: " + excludedFiles);
    }
  }

  private static void check(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not a git object id: '" + id + "'");
    }
  }
}
