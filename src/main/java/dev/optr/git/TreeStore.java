package dev.optr.git;

import dev.optr.base.OwnedDirectory;
import dev.optr.base.ServiceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A temporary object store on top of a repository's objects: what candidates are made of never
 * enters the user's repository, and is gone when the store is closed. Safe for several threads.
 */
public final class TreeStore implements AutoCloseable {
  private final GitRepository frozen;
  private final OwnedDirectory directory;
  private final Repository store;

  private TreeStore(GitRepository frozen, OwnedDirectory directory, Repository store) {
    this.frozen = frozen;
    this.directory = directory;
    this.store = store;
  }

  /**
   * Opens an empty store.
   *
   * @param parent a directory for temporary files, outside the repository; candidate directories
   *     are made there too
   */
  public static TreeStore open(GitRepository repository, Path parent) {
    OwnedDirectory directory = OwnedDirectory.create(parent);
    try {
      File objects = new File(repository.jgit().getCommonDirectory(), "objects");
      Repository store =
          new FileRepositoryBuilder()
              .setBare()
              .setGitDir(directory.content().toFile())
              .addAlternateObjectDirectory(objects)
              .build();
      store.create(true);
      repository.checkpoint().passed("made an object store in " + parent);
      return new TreeStore(repository, directory, store);
    } catch (IOException e) {
      directory.close();
      throw ServiceException.lasting("could not make an object store in " + parent, e);
    }
  }

  /**
   * Applies edits in order; several edits of one file compose. All that do not apply are named,
   * each by file, number and reason.
   *
   * @param shown the tree as the agent saw it: files outside the view cannot be edited, and their
   *     content is in no message
   */
  public TreeResult apply(FrozenTree shown, List<Edit> edits) {
    return change(
        shown,
        edits.size() + " edits",
        candidate -> new EditApplier(shown, candidate).apply(edits));
  }

  /**
   * Puts recorded changes on a frozen tree. Gives the same tree as the edits that they were
   * recorded from; content that is not that of the recorded blob is refused.
   */
  public TreeResult rebuild(FrozenTree tree, List<Change> changes) {
    return change(
        tree,
        changes.size() + " recorded changes",
        candidate -> new ChangeReplay(candidate).apply(changes));
  }

  /**
   * What leads from one tree to another (frozen ones, or ones that this store made), in the form
   * that {@link #rebuild} takes. Rejected where a symbolic link or submodule differs, or where the
   * files are larger than a proposal may be.
   */
  public TreeResult changes(String oldTree, String newTree) {
    ObjectId before = known(oldTree);
    ObjectId after = known(newTree);
    try (ObjectReader reader = store.newObjectReader()) {
      return new TreeChanges(reader).between(before, after);
    } catch (IOException e) {
      throw ServiceException.lasting("could not compare " + oldTree + " with " + newTree, e);
    }
  }

  /**
   * What a candidate directory made of the frozen tree: the files that differ from those that it
   * was written with, put on the frozen tree. What was not shown stays as it is. Rejected, each by
   * its name, are new or changed symbolic links, whatever is neither file nor directory, another
   * {@code .git} than the directory's own, paths that no edit may have, and what is larger than a
   * proposal may be. New files that the directory's own {@code .gitignore} files name do not count.
   *
   * @param shown what the directory was written from, see {@link #materialize(FrozenTree)}
   */
  public TreeResult capture(FrozenTree shown, Path directory) throws InterruptedException {
    try (ObjectReader reader = store.newObjectReader()) {
      ObjectId base = CommitReader.tree(reader, shown.commit());
      DirectoryCapture capture =
          new DirectoryCapture(shown, withoutDatalake(reader, base), new CapturedFile(reader));
      List<Change> changes = capture.read(directory);
      return capture.errors().isEmpty()
          ? rebuild(shown, changes)
          : new TreeResult.Rejected(capture.errors());
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the candidate directory " + directory, e);
    }
  }

  /** What is to be done to a candidate tree; gives the errors. */
  @FunctionalInterface
  private interface Step {
    List<String> apply(CandidateTree candidate) throws IOException;
  }

  private TreeResult change(FrozenTree tree, String what, Step step) {
    try (ObjectReader reader = store.newObjectReader();
        ObjectInserter inserter = store.newObjectInserter()) {
      ObjectId base = CommitReader.tree(reader, tree.commit());
      CandidateTree candidate =
          new CandidateTree(reader, withoutDatalake(reader, base), withoutDatalake(reader, base));
      List<String> errors = step.apply(candidate);
      return errors.isEmpty() ? candidate.store(inserter) : new TreeResult.Rejected(errors);
    } catch (IOException e) {
      throw ServiceException.lasting("could not apply " + what + " to " + tree.commit(), e);
    }
  }

  private static EditableTree withoutDatalake(ObjectReader reader, ObjectId tree)
      throws IOException {
    EditableTree editable = new EditableTree(reader, tree);
    editable.remove(CommitReader.DATALAKE);
    return editable;
  }

  /** The canonical difference of two trees: frozen ones, or ones that this store made. */
  public TreeDiff diff(String oldTree, String newTree) {
    ObjectId before = known(oldTree);
    ObjectId after = known(newTree);
    try (ObjectReader reader = store.newObjectReader()) {
      return new CanonicalDiff(reader).diff(before, after);
    } catch (IOException e) {
      throw ServiceException.lasting("could not compare " + oldTree + " with " + newTree, e);
    }
  }

  /**
   * Changes those files of the repository's own work tree that differ between a commit and a tree
   * (a frozen one, or one that this store made), where they are not so already. HEAD, index, refs,
   * objects and all other files stay as they are.
   *
   * @param commit what the work tree was checked out from
   * @return a sentence for each file that is neither as the commit has it nor as the tree has it;
   *     nothing is written where there is one
   * @throws dev.optr.base.UserException where the tree has files that only git itself can write
   */
  public List<String> checkOut(String commit, String tree) {
    return new Workspace(frozen, store).write(commit, known(tree));
  }

  /** The way in for commits that somebody else made. */
  public BranchObjects branchObjects() {
    return new BranchObjects(frozen.jgit(), store, directory.parent());
  }

  /** Trees of this store as a git bundle, and back. */
  public CommitBundles commitBundles() {
    return new CommitBundles(store);
  }

  /**
   * Tries merges of a frozen commit of the repository, and of trees on top of it, with other
   * commits.
   *
   * @param processors how many to try at once
   */
  public MergeTrials mergeTrials(String frozenCommit, int processors) {
    return new MergeTrials(frozen, store, frozenCommit, processors);
  }

  /** Writes a tree (a frozen one, or one that this store made) to a directory of its own. */
  public CandidateDirectory materialize(String tree) {
    CandidateDirectory written = CandidateDirectory.write(store, known(tree), directory.parent());
    frozen.checkpoint().passed("wrote candidate directory " + written.path());
    return written;
  }

  /** Writes what is shown of a frozen tree, and nothing else, to a directory of its own. */
  public CandidateDirectory materialize(FrozenTree shown) {
    return materialize(visible(shown));
  }

  private String visible(FrozenTree shown) {
    try (ObjectReader reader = store.newObjectReader();
        ObjectInserter inserter = store.newObjectInserter();
        TreeWalk walk = new TreeWalk(reader)) {
      DirCacheBuilder entries = DirCache.newInCore().builder();
      walk.addTree(CommitReader.tree(reader, shown.commit()));
      walk.setRecursive(true);
      while (walk.next()) {
        if (shown.find(walk.getPathString()).isPresent()) {
          DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
          entry.setFileMode(walk.getFileMode());
          entry.setObjectId(walk.getObjectId(0));
          entries.add(entry);
        }
      }
      entries.finish();
      String tree = entries.getDirCache().writeTree(inserter).name();
      inserter.flush();
      return tree;
    } catch (InvalidPathException e) {
      throw ServiceException.lasting("the commit " + shown.commit() + " has a hostile path", e);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the tree of " + shown.commit(), e);
    }
  }

  /** A frozen tree is no object of the repository, so it is made when it is first needed. */
  private ObjectId known(String tree) {
    ObjectId id = ObjectId.fromString(tree);
    try (ObjectReader reader = store.newObjectReader();
        ObjectInserter inserter = store.newObjectInserter()) {
      if (reader.has(id)) {
        return id;
      }
      String commit =
          frozen
              .commits()
              .commitOf(tree)
              .orElseThrow(() -> ServiceException.lasting("there is no tree " + tree));
      ObjectId made = withoutDatalake(reader, CommitReader.tree(reader, commit)).write(inserter);
      inserter.flush();
      return made;
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the tree " + tree, e);
    }
  }

  @Override
  public void close() {
    store.close();
    directory.close();
  }
}
