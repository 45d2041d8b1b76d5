package dev.optr.git;

import dev.optr.base.OwnedDirectory;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * A tree written to a directory of its own, without {@code datalake}, with a throw-away git
 * repository in it: one commit, its own objects and no others, no remote, no alternates. No file of
 * it leads back to the user's repository. It is removed when closed, whatever was done to it.
 */
public final class CandidateDirectory implements AutoCloseable {
  private final OwnedDirectory directory;

  private CandidateDirectory(OwnedDirectory directory) {
    this.directory = directory;
  }

  static CandidateDirectory write(Repository store, ObjectId tree, Path parent) {
    OwnedDirectory directory = OwnedDirectory.create(parent);
    try (ObjectReader reader = store.newObjectReader();
        ObjectInserter inserter = store.newObjectInserter()) {
      EditableTree editable = new EditableTree(reader, tree);
      editable.remove(CommitReader.DATALAKE);
      ObjectId written = editable.write(inserter);
      inserter.flush();
      new TreeWriter(reader, directory.content()).write(written);
      new ThrowAwayRepository(store, directory.content()).create(written);
      return new CandidateDirectory(directory);
    } catch (IOException e) {
      directory.close();
      throw ServiceException.lasting("could not write the tree " + tree.name() + " to disk", e);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Root of the files. */
  public Path path() {
    return directory.content();
  }

  /**
   * Removes what runs that did not end left in a parent directory: candidate directories and object
   * stores whose process is dead. Those of a live one stay.
   */
  public static void sweep(Path parent) {
    OwnedDirectory.sweep(parent);
  }

  @Override
  public void close() {
    directory.close();
  }
}
