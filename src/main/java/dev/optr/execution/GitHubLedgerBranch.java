package dev.optr.execution;

import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import dev.optr.git.RawCommit;
import dev.optr.github.BranchMove;
import dev.optr.github.Committed;
import dev.optr.github.GitData;
import dev.optr.github.NewCommit;
import dev.optr.github.NoGitDataException;
import dev.optr.github.TreeEdit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A branch at GitHub: it is fetched, and written by requests, so that GitHub signs the commits. A
 * server without the git data API gets pushes instead.
 */
public final class GitHubLedgerBranch implements LedgerBranch {
  private final GitRepository repository;
  private final GitData gitData;
  private final PushedLedgerBranch pushed;
  private boolean pushes;

  /**
   * @param repository where the branch is fetched to
   * @param pushed the same branch
   */
  public GitHubLedgerBranch(GitRepository repository, GitData gitData, PushedLedgerBranch pushed) {
    this.repository = repository;
    this.gitData = gitData;
    this.pushed = pushed;
  }

  @Override
  public String name() {
    return pushed.name();
  }

  @Override
  public Optional<String> tip() {
    return pushed.tip();
  }

  @Override
  public String make(PlannedCommit commit) {
    return made(commit).commit();
  }

  /**
   * A commit that was made.
   *
   * @param tree id of its tree, as whoever made it says
   */
  public record Made(String commit, String tree) {}

  /** Makes a commit; no ref moves. */
  public Made made(PlannedCommit commit) {
    if (pushes) {
      return madeHere(commit);
    }
    try {
      Committed made = gitData.commit(asked(commit));
      return new Made(made.commit(), made.tree());
    } catch (NoGitDataException absent) {
      // What was made before is not here, so this is found out with the first commit or never.
      pushes = true;
      return madeHere(commit);
    }
  }

  private Made madeHere(PlannedCommit commit) {
    String id = pushed.make(commit);
    return new Made(id, RawCommit.read(repository, id).orElseThrow().tree());
  }

  /**
   * Whether commits are made here and pushed, as was found out with the first one: such a commit is
   * not known there before the branch moves, so that nothing can be said of it there.
   */
  public boolean pushes() {
    return pushes;
  }

  private NewCommit asked(PlannedCommit commit) {
    NewCommit asked =
        new NewCommit(
            commit.base().orElse(null),
            edits(commit.changes()),
            commit.parents(),
            commit.message());
    return commit
        .base()
        .flatMap(base -> RawCommit.read(repository, base))
        .map(base -> asked.withBaseTree(base.tree()))
        .orElse(asked);
  }

  private static Map<String, TreeEdit> edits(FileChanges changes) {
    Map<String, TreeEdit> edits = new TreeMap<>();
    changes
        .written()
        .forEach((path, content) -> edits.put(path, new TreeEdit.Put(content, changes.mode(path))));
    changes.deleted().forEach(path -> edits.put(path, new TreeEdit.Delete()));
    return edits;
  }

  @Override
  public LedgerBranchMove move(Optional<String> expected, String commit) {
    if (pushes) {
      return pushed.move(expected, commit);
    }
    BranchMove moved =
        expected
            .map(old -> gitData.moveBranch(name(), old, commit))
            .orElseGet(() -> gitData.createBranch(name(), commit));
    return switch (moved) {
      case BranchMove.Moved _ -> new LedgerBranchMove.Moved();
      case BranchMove.Superseded _ -> new LedgerBranchMove.Raced();
      case BranchMove.Refused(String reason) -> new LedgerBranchMove.Refused(reason);
    };
  }
}
