package dev.optr.execution;

import dev.optr.git.FileChanges;
import java.util.List;

/** Makes a commit at GitHub that no ref leads to yet. */
@FunctionalInterface
public interface CommitAtGitHub {
  /** The commit that was made, and the tree that GitHub says it has. */
  record Made(String commit, String tree) {}

  /**
   * @param parents the first one's tree is the one that is changed
   */
  Made commit(List<String> parents, FileChanges changes, String message);
}
