package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** What the refs of a repository lead to. */
public final class RefTips {
  private static final String ALL_BRANCHES = "refs/heads/*:";

  private final Repository repository;

  public RefTips(GitRepository repository) {
    this.repository = repository.jgit();
  }

  /** Commits by the whole name of their ref; without symbolic refs and those to other objects. */
  public SortedMap<String, String> all() {
    try (RevWalk walk = new RevWalk(repository)) {
      SortedMap<String, String> tips = new TreeMap<>();
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
        if (!ref.isSymbolic() && ref.getObjectId() != null) {
          commit(walk, ref.getObjectId(), tips, ref.getName());
        }
      }
      return tips;
    } catch (IOException e) {
      throw ServiceException.lasting("could not list the refs", e);
    }
  }

  private static void commit(RevWalk walk, ObjectId id, Map<String, String> tips, String name)
      throws IOException {
    try {
      tips.put(name, walk.parseCommit(id).name());
    } catch (MissingObjectException | IncorrectObjectTypeException _) {
      // A tag of a tree, or a ref that a broken clone left behind, leads to no commit.
      return;
    }
  }

  /** Whether a commit is one of these, or an ancestor of one. */
  public boolean reach(Collection<String> tips, String commit) {
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit wanted = walk.parseCommit(ObjectId.fromString(commit));
      for (String tip : tips) {
        if (walk.isMergedInto(wanted, walk.parseCommit(ObjectId.fromString(tip)))) {
          return true;
        }
      }
      return false;
    } catch (MissingObjectException _) {
      return false;
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the history of " + tips, e);
    }
  }

  /** Whether the branches of every remote are fetched here, as its config says; true without. */
  public boolean showAllBranches() {
    return repository.getConfig().getSubsections("remote").stream()
        .allMatch(
            remote ->
                Arrays.stream(repository.getConfig().getStringList("remote", remote, "fetch"))
                    .anyMatch(spec -> spec.contains(ALL_BRANCHES)));
  }
}
