package dev.optr.git;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/**
 * Trees of a {@link TreeStore} as a git bundle (version 2, gitformat-bundle(5)): each is the tree
 * of one commit upon a prerequisite, which the bundle does not hold. The same trees give the same
 * bytes. Nothing is read from, or written into, the user's repository but its objects, and they are
 * read only.
 */
public final class CommitBundles {
  private static final PersonIdent NOBODY =
      new PersonIdent("optr", "optr@localhost", Instant.EPOCH, ZoneOffset.UTC);

  private final Repository store;

  CommitBundles(Repository store) {
    this.store = store;
  }

  /** What a bundle was read as. */
  public sealed interface Result {
    /**
     * @param tips by the name of the ref
     */
    record Read(SortedMap<String, Tip> tips) implements Result {}

    /**
     * @param problem one sentence
     */
    record Refused(String problem) implements Result {}
  }

  /** A commit of a bundle; its one parent is the prerequisite. */
  public record Tip(String commit, String tree) {}

  /**
   * Makes a commit in the store whose id follows from its tree, its parent and its message alone.
   *
   * @param tree one that the store made
   */
  public String commit(String parent, String tree, String message) {
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(ObjectId.fromString(tree));
    builder.setParentId(ObjectId.fromString(parent));
    builder.setAuthor(NOBODY);
    builder.setCommitter(NOBODY);
    builder.setMessage(message);
    try (ObjectInserter inserter = store.newObjectInserter()) {
      String commit = inserter.insert(builder).name();
      inserter.flush();
      return commit;
    } catch (IOException e) {
      throw ServiceException.lasting("could not write a commit of " + tree, e);
    }
  }

  /**
   * The bytes of a bundle.
   *
   * @param prerequisite id of the commit that the others have as their parent
   * @param refs id of the commit by the whole name of the ref
   */
  public Bytes write(String prerequisite, SortedMap<String, String> refs) {
    try (ObjectReader reader = store.newObjectReader()) {
      List<ObjectId> objects =
          new BundledObjects(reader, prerequisite).of(refs.values().stream().distinct().toList());
      return new BundleHead(prerequisite, refs).with(PackBytes.of(reader, objects));
    } catch (IOException e) {
      throw ServiceException.lasting("could not write a git bundle upon " + prerequisite, e);
    }
  }

  /**
   * Takes the objects of a bundle into the store. Refused is what {@link #write} does not write:
   * another prerequisite, a commit with other parents, objects that are missing.
   */
  public Result read(Bytes bundle, String prerequisite) {
    return new BundledCommits(store, prerequisite).read(bundle);
  }
}
