package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Questions to the commit graph. */
final class History {
  private final Repository repository;

  History(Repository repository) {
    this.repository = repository;
  }

  /** Parents as the commit names them, also where a shallow clone lacks them. */
  List<String> parents(String commit) {
    try (ObjectReader reader = repository.newObjectReader()) {
      byte[] raw = reader.open(ObjectId.fromString(commit), Constants.OBJ_COMMIT).getBytes();
      return Stream.of(RevCommit.parse(raw).getParents()).map(RevCommit::name).toList();
    } catch (IOException e) {
      throw unreadable(commit, e);
    }
  }

  CommitObject commitObject(String commit) {
    try (ObjectReader reader = repository.newObjectReader()) {
      return CommitObject.of(
          reader.open(ObjectId.fromString(commit), Constants.OBJ_COMMIT).getBytes());
    } catch (IOException e) {
      throw unreadable(commit, e);
    }
  }

  boolean changes(String commit, String path) {
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
      ObjectId now = entry(parsed, path);
      // RevWalk honours the graft of a shallow clone: there the commit has no parent.
      ObjectId before =
          parsed.getParentCount() == 0
              ? ObjectId.zeroId()
              : entry(walk.parseCommit(parsed.getParent(0)), path);
      return !now.equals(before);
    } catch (IOException e) {
      throw unreadable(commit, e);
    }
  }

  private ObjectId entry(RevCommit commit, String path) throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree())) {
      return walk == null ? ObjectId.zeroId() : walk.getObjectId(0);
    }
  }

  List<String> changedPaths(String commit) {
    try (RevWalk walk = new RevWalk(repository);
        TreeWalk files = new TreeWalk(repository)) {
      RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
      if (parsed.getParentCount() == 0) {
        files.addTree(new EmptyTreeIterator());
      } else {
        files.addTree(walk.parseCommit(parsed.getParent(0)).getTree());
      }
      files.addTree(parsed.getTree());
      files.setRecursive(true);
      files.setFilter(TreeFilter.ANY_DIFF);
      List<String> paths = new ArrayList<>();
      while (files.next()) {
        paths.add(files.getPathString());
      }
      return paths;
    } catch (IOException e) {
      throw unreadable(commit, e);
    }
  }

  String message(String commit) {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseCommit(ObjectId.fromString(commit)).getFullMessage();
    } catch (IOException e) {
      throw unreadable(commit, e);
    }
  }

  boolean isAncestor(String ancestor, String descendant) {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.isMergedInto(
          walk.parseCommit(ObjectId.fromString(ancestor)),
          walk.parseCommit(ObjectId.fromString(descendant)));
    } catch (IOException e) {
      throw unreadable(descendant, e);
    }
  }

  Optional<String> mergeBase(String one, String other) {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(ObjectId.fromString(one)));
      walk.markStart(walk.parseCommit(ObjectId.fromString(other)));
      return Optional.ofNullable(walk.next()).map(RevCommit::name);
    } catch (IOException e) {
      throw unreadable(other, e);
    }
  }

  List<String> commitsTouching(String tip, Optional<String> without, String path) {
    try (RevWalk walk = new RevWalk(repository);
        Entries entries = new Entries(new TreeWalk(repository.newObjectReader()), path)) {
      walk.setRetainBody(false);
      walk.sort(RevSort.TOPO);
      walk.markStart(walk.parseCommit(ObjectId.fromString(tip)));
      if (without.isPresent()) {
        walk.markUninteresting(walk.parseCommit(ObjectId.fromString(without.get())));
      }
      List<String> touching = new ArrayList<>();
      for (RevCommit commit : walk) {
        if (introduces(commit, entries)) {
          touching.add(commit.name());
        }
      }
      return touching;
    } catch (IOException e) {
      throw unreadable(tip, e);
    }
  }

  private static boolean introduces(RevCommit commit, Entries entries) throws IOException {
    ObjectId here = entries.at(commit);
    for (RevCommit parent : commit.getParents()) {
      if (entries.at(parent).equals(here)) {
        return false;
      }
    }
    return commit.getParentCount() > 0 || !here.equals(ObjectId.zeroId());
  }

  /** What stands at one path in many commits; each root tree is looked into once. */
  private static final class Entries implements AutoCloseable {
    private final TreeWalk walk;
    private final byte[][] names;
    private final Map<ObjectId, ObjectId> known = new HashMap<>();

    Entries(TreeWalk walk, String path) {
      this.walk = walk;
      this.names = Stream.of(path.split("/", -1)).map(Constants::encode).toArray(byte[][]::new);
    }

    ObjectId at(RevCommit commit) throws IOException {
      ObjectId root = commit.getTree().copy();
      ObjectId cached = known.get(root);
      if (cached == null) {
        cached = lookUp(root);
        known.put(root, cached);
      }
      return cached;
    }

    private ObjectId lookUp(ObjectId root) throws IOException {
      ObjectId at = root;
      for (int depth = 0; depth < names.length; depth++) {
        at = child(at, names[depth], depth < names.length - 1);
        if (at.equals(ObjectId.zeroId())) {
          return at;
        }
      }
      return at;
    }

    private ObjectId child(ObjectId tree, byte[] name, boolean mustBeTree) throws IOException {
      walk.reset(tree);
      while (walk.next()) {
        if (Arrays.equals(walk.getRawPath(), name)) {
          return mustBeTree && !walk.isSubtree() ? ObjectId.zeroId() : walk.getObjectId(0);
        }
      }
      return ObjectId.zeroId();
    }

    @Override
    public void close() {
      walk.close();
    }
  }

  private static ServiceException unreadable(String commit, IOException cause) {
    return ServiceException.lasting("could not read the history of commit " + commit, cause);
  }
}
