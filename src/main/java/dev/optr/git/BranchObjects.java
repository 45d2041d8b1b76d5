package dev.optr.git;

import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.OwnedDirectory;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;

/**
 * Brings commits that somebody else made into a {@link TreeStore}: object by object as an API lists
 * them, or by a fetch. Either way an object is what its id says, whoever gave it. Nothing of it
 * enters the user's repository.
 */
public final class BranchObjects {
  private static final String FETCHED = "refs/optr/fetched";

  private final Repository frozen;
  private final Repository store;
  private final Path temporary;

  BranchObjects(Repository frozen, Repository store, Path temporary) {
    this.frozen = frozen;
    this.store = store;
    this.temporary = temporary;
  }

  /** Id of a commit's whole tree. */
  public String treeOf(String commit) {
    try (ObjectReader reader = store.newObjectReader()) {
      return CommitReader.tree(reader, commit).name();
    } catch (IOException e) {
      throw ServiceException.lasting("could not read commit " + commit, e);
    }
  }

  /** Whether a fetched commit has this ancestor, told from the commits themselves. */
  public boolean descends(String commit, String ancestor) {
    return new History(store).isAncestor(ancestor, commit);
  }

  /** Ids of contents that the store lacks, each once; a submodule has none. */
  public List<String> missing(Collection<FrozenTree.File> files) {
    Set<String> missing = new LinkedHashSet<>();
    try (ObjectReader reader = store.newObjectReader()) {
      for (FrozenTree.File file : files) {
        boolean content = !FileMode.GITLINK.equals(mode(file));
        if (content && !reader.has(ObjectId.fromString(file.blob()))) {
          missing.add(file.blob());
        }
      }
    } catch (IOException e) {
      throw ServiceException.lasting("could not look for objects", e);
    }
    return List.copyOf(missing);
  }

  /** Stores a content and gives its id. */
  public String blob(byte[] content) {
    try (ObjectInserter inserter = store.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, content);
      inserter.flush();
      return id.name();
    } catch (IOException e) {
      throw ServiceException.lasting("could not store a file's content", e);
    }
  }

  /**
   * Stores the tree of these files, whose contents may come later, and gives its id.
   *
   * @return empty where no tree can hold them: hostile paths, a path that is there twice
   */
  public Optional<String> tree(Collection<FrozenTree.File> files) {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    try (ObjectInserter inserter = store.newObjectInserter()) {
      for (FrozenTree.File file : files) {
        DirCacheEntry entry = new DirCacheEntry(file.path());
        entry.setFileMode(mode(file));
        entry.setObjectId(ObjectId.fromString(file.blob()));
        builder.add(entry);
      }
      builder.finish();
      ObjectId tree = index.writeTree(inserter);
      inserter.flush();
      return Optional.of(tree.name());
    } catch (IllegalArgumentException | IllegalStateException hostile) {
      return Optional.empty();
    } catch (IOException e) {
      throw ServiceException.lasting("could not store a tree", e);
    }
  }

  /**
   * Fetches a branch and gives its commit. The token goes to the remote's origin alone, as with
   * {@link GitRepository#fetch}.
   *
   * @param branch short name, known to be that of a ref
   * @throws ServiceException where it cannot be fetched, or is not there
   */
  public String fetch(Network network, URI remote, Optional<Secret> token, String branch) {
    String spec = "+" + Constants.R_HEADS + branch + ":" + FETCHED;
    try (OwnedDirectory directory = OwnedDirectory.create(temporary);
        Repository view = ObjectsWithoutConfig.open(frozen, store, directory.content())) {
      Fetch fetch = new Fetch(frozen, Checkpoint.NONE, network);
      FetchResult fetched = fetch.transfer(view, remote, token, List.of(spec));
      return fetched.getTrackingRefUpdate(FETCHED).getNewObjectId().name();
    } catch (IOException e) {
      throw ServiceException.passing("could not fetch from " + remote, e);
    }
  }

  private static FileMode mode(FrozenTree.File file) {
    return FileMode.fromBits(Integer.parseInt(file.mode(), 8));
  }
}
