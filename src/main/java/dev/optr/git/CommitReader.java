package dev.optr.git;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads what commits hold, from objects alone. */
final class CommitReader {
  static final String DATALAKE = "datalake";

  private final GitRepository owner;
  private final Repository repository;

  /** Frozen trees are no objects of the repository; this tells which commit one can be made of. */
  private final Map<String, String> commitOfFrozenTree = new ConcurrentHashMap<>();

  CommitReader(GitRepository owner) {
    this.owner = owner;
    this.repository = owner.jgit();
  }

  FrozenTree frozenTree(String commit) {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(tree(reader, commit));
      List<FrozenTree.File> found = new ArrayList<>();
      while (walk.next()) {
        boolean hidden = walk.getDepth() == 0 && walk.getNameString().equals(DATALAKE);
        if (walk.isSubtree()) {
          if (!hidden) {
            walk.enterSubtree();
          }
        } else if (!hidden) {
          found.add(entry(walk));
        }
      }
      return new FrozenTree(owner, commit, treeWithoutDatalake(commit), found);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the tree of commit " + commit, e);
    }
  }

  String treeWithoutDatalake(String commit) {
    try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
      String tree = ids.idFor(formatWithoutDatalake(commit)).name();
      commitOfFrozenTree.put(tree, commit);
      return tree;
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the tree of commit " + commit, e);
    }
  }

  /** The commit that a frozen tree was read from by this repository, if it was. */
  Optional<String> commitOf(String frozenTree) {
    return Optional.ofNullable(commitOfFrozenTree.get(frozenTree));
  }

  TreeFormatter formatWithoutDatalake(String commit) throws IOException {
    TreeFormatter formatter = new TreeFormatter();
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk top = new TreeWalk(reader)) {
      top.addTree(tree(reader, commit));
      while (top.next()) {
        if (!top.getNameString().equals(DATALAKE)) {
          formatter.append(top.getRawPath(), top.getFileMode(), top.getObjectId(0));
        }
      }
    }
    return formatter;
  }

  byte[] blob(String id) {
    try (ObjectReader reader = repository.newObjectReader()) {
      return reader.open(ObjectId.fromString(id)).getCachedBytes(Integer.MAX_VALUE);
    } catch (MissingObjectException e) {
      throw AbsentObjectException.of(e);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the object " + id, e);
    }
  }

  Optional<Bytes> file(String commit, String path) {
    return entry(commit, path).map(entry -> Bytes.of(blob(entry.blob())));
  }

  Optional<FrozenTree.File> entry(String commit, String path) {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = TreeWalk.forPath(reader, path, tree(reader, commit))) {
      return walk != null && TreePath.isContent(walk.getRawMode(0))
          ? Optional.of(
              new FrozenTree.File(path, modeText(walk.getRawMode(0)), walk.getObjectId(0).name()))
          : Optional.empty();
    } catch (IOException e) {
      throw ServiceException.lasting("could not read '" + path + "' in commit " + commit, e);
    }
  }

  List<FrozenTree.File> files(String commit, String directory) {
    List<FrozenTree.File> found = new ArrayList<>();
    try (ObjectReader reader = repository.newObjectReader()) {
      ObjectId root = tree(reader, commit);
      if (directory.isEmpty()) {
        collect(reader, root, "", found);
        return found;
      }
      try (TreeWalk walk = TreeWalk.forPath(reader, directory, root)) {
        if (walk != null && walk.isSubtree()) {
          collect(reader, walk.getObjectId(0), directory + "/", found);
        }
      }
      return found;
    } catch (IOException e) {
      throw ServiceException.lasting("could not read '" + directory + "' in commit " + commit, e);
    }
  }

  private static void collect(
      ObjectReader reader, ObjectId tree, String prefix, List<FrozenTree.File> found)
      throws IOException {
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        FrozenTree.File file = entry(walk);
        found.add(new FrozenTree.File(prefix + file.path(), file.mode(), file.blob()));
      }
    }
  }

  static ObjectId tree(ObjectReader reader, String commit) throws IOException {
    try (RevWalk walk = new RevWalk(reader)) {
      RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
      return parsed.getTree();
    }
  }

  private static FrozenTree.File entry(TreeWalk walk) {
    return new FrozenTree.File(
        walk.getPathString(), modeText(walk.getRawMode(0)), walk.getObjectId(0).name());
  }

  /** Git's mode as six octal digits. */
  static String modeText(int bits) {
    String octal = Integer.toOctalString(bits);
    return "0".repeat(6 - octal.length()) + octal;
  }
}
