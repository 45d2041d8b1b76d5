package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Writes a tree into the work tree of a repository whose HEAD stays where it is, as do index, refs
 * and objects. Bytes on disk are those that git's own checkout would write, by attributes and by
 * the repository's config; a file that a program would have to write (filters, LFS) is refused.
 * Written files belong to whom their directory belongs to. The repository's hooks are never run.
 */
public final class Workspace {
  private final Repository repository;
  private final Repository store;

  Workspace(GitRepository repository, Repository store) {
    this.repository = repository.jgit();
    this.store = store;
  }

  /**
   * Changes the files that differ between a commit and a tree, where they are not so already, and
   * touches nothing else.
   *
   * @param commit what the work tree was checked out from
   * @param tree one of the store that this was made by
   * @return a sentence for each file that is neither as the commit has it nor as the tree has it;
   *     nothing is written where there is one
   * @throws dev.optr.base.UserException where the tree has files that only git itself can write
   */
  public List<String> write(String commit, String tree) {
    try (ObjectReader reader = store.newObjectReader()) {
      List<WorkspaceChange> changes =
          new WorkspaceChanges(repository, reader)
              .between(CommitReader.tree(reader, commit), ObjectId.fromString(tree));
      return write(changes, new WorkspaceDisk(root(), deleted(changes), reader));
    } catch (IOException e) {
      throw ServiceException.lasting("could not write the tree " + tree + " to " + root(), e);
    }
  }

  private Path root() {
    return repository.getWorkTree().toPath().toAbsolutePath();
  }

  private static Set<String> deleted(List<WorkspaceChange> changes) {
    Set<String> paths = new HashSet<>();
    changes.stream()
        .filter(change -> change.after() == null)
        .forEach(change -> paths.add(change.path()));
    return paths;
  }

  private static List<String> write(List<WorkspaceChange> changes, WorkspaceDisk disk)
      throws IOException {
    List<WorkspaceChange> due = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (WorkspaceChange change : changes) {
      switch (disk.look(change)) {
        case DONE -> {}
        case DUE -> due.add(change);
        case CHANGED ->
            problems.add("'%s' was changed".formatted(PathPolicy.printable(change.path())));
        case IN_THE_WAY ->
            problems.add("'%s' is in the way".formatted(PathPolicy.printable(change.path())));
      }
    }
    if (problems.isEmpty()) {
      for (WorkspaceChange change : due) {
        disk.remove(change.path());
      }
      for (WorkspaceChange change : due) {
        if (change.after() != null) {
          disk.write(change.path(), change.after());
        }
      }
    }
    return problems;
  }
}
