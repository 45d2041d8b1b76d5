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
final class Workspace {
  private final Repository repository;
  private final Repository store;

  Workspace(GitRepository repository, Repository store) {
    this.repository = repository.jgit();
    this.store = store;
  }

  /** See {@link TreeStore#checkOut}. */
  List<String> write(String commit, ObjectId tree) {
    try (ObjectReader reader = store.newObjectReader()) {
      List<WorkspaceChange> changes =
          new WorkspaceChanges(repository, reader).between(CommitReader.tree(reader, commit), tree);
      return changed(changes, new WorkspaceDisk(root(), deleted(changes), reader));
    } catch (IOException e) {
      throw ServiceException.lasting(
          "could not write the tree " + tree.name() + " to " + root(), e);
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

  private static List<String> changed(List<WorkspaceChange> changes, WorkspaceDisk disk)
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
      write(due, disk);
    }
    return problems;
  }

  private static void write(List<WorkspaceChange> due, WorkspaceDisk disk) throws IOException {
    for (WorkspaceChange change : due) {
      disk.remove(change.path());
    }
    for (WorkspaceChange change : due) {
      if (change.after() != null) {
        disk.write(change.path(), change.after());
      }
    }
    // Last, so that a directory that stays keeps its owner and its mode.
    for (WorkspaceChange change : due) {
      disk.removeEmptyParents(change.path());
    }
  }
}
