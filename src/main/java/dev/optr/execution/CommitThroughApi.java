package dev.optr.execution;

import dev.optr.git.FileChanges;
import dev.optr.github.Committed;
import dev.optr.github.GitData;
import dev.optr.github.NewCommit;
import dev.optr.github.TreeEdit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Has GitHub make a commit through its git data API, which signs it. */
public final class CommitThroughApi implements CommitAtGitHub {
  private final GitData gitData;

  public CommitThroughApi(GitData gitData) {
    this.gitData = gitData;
  }

  @Override
  public Made commit(List<String> parents, FileChanges changes, String message) {
    Map<String, TreeEdit> edits = new HashMap<>();
    changes.deleted().forEach(path -> edits.put(path, new TreeEdit.Delete()));
    changes
        .written()
        .forEach((path, bytes) -> edits.put(path, new TreeEdit.Put(bytes, changes.mode(path))));
    Committed made = gitData.commit(new NewCommit(parents.getFirst(), edits, parents, message));
    return new Made(made.commit(), made.tree());
  }
}
