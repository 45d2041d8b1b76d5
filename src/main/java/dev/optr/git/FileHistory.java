package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The versions that one file, and the files directly in one directory, had in the history of some
 * tips. Trees are compared by their ids, so that what did not change is not looked into; contents
 * are not read here.
 */
public final class FileHistory implements AutoCloseable {
  private static final String NONE = "-";

  private final Repository repository;
  private final ObjectReader reader;
  private final TreePath file;
  private final TreePath directory;
  private final Map<ObjectId, String> states = new HashMap<>();

  /**
   * @param file path of a file
   * @param directory path of a directory, without a slash at its end
   */
  public FileHistory(GitRepository repository, String file, String directory) {
    this.repository = repository.jgit();
    this.reader = this.repository.newObjectReader();
    this.file = new TreePath(file);
    this.directory = new TreePath(directory);
  }

  /**
   * One commit.
   *
   * @param parents ids; those that a shallow clone lacks are left out
   * @param state stands for the versions of all files; equal where they are the same
   * @param whole false where the clone is shallow and ends with this commit
   */
  public record Commit(String id, List<String> parents, String state, boolean whole) {
    public Commit {
      parents = List.copyOf(parents);
    }
  }

  /**
   * What happened to one file between two states.
   *
   * @param before id of the blob; null where there was none
   * @param after id of the blob; null where there is none any more
   */
  public record Change(String path, @Nullable String before, @Nullable String after) {}

  /** Commits reachable from the tips, parents before children. */
  public List<Commit> reachable(Collection<String> tips) {
    try (RevWalk walk = new RevWalk(reader)) {
      walk.setRetainBody(false);
      walk.sort(RevSort.TOPO);
      walk.sort(RevSort.COMMIT_TIME_DESC, true);
      for (String tip : tips) {
        walk.markStart(walk.parseCommit(ObjectId.fromString(tip)));
      }
      Set<ObjectId> shallow = repository.getObjectDatabase().getShallowCommits();
      List<Commit> commits = new ArrayList<>();
      for (RevCommit commit : walk) {
        commits.add(
            new Commit(
                commit.name(),
                Stream.of(commit.getParents()).map(RevCommit::name).toList(),
                state(commit),
                !shallow.contains(commit)));
      }
      return commits.reversed();
    } catch (MissingObjectException e) {
      throw AbsentObjectException.of(e);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the history of " + tips, e);
    }
  }

  /** Ids of a commit and its first parents, as far as the clone goes. */
  public static List<String> firstParents(GitRepository repository, String tip) {
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      walk.setRetainBody(false);
      List<String> line = new ArrayList<>();
      RevCommit commit = walk.parseCommit(ObjectId.fromString(tip));
      line.add(commit.name());
      while (commit.getParentCount() > 0) {
        commit = walk.parseCommit(commit.getParent(0));
        line.add(commit.name());
      }
      return line;
    } catch (MissingObjectException e) {
      throw AbsentObjectException.of(e);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the history of " + tip, e);
    }
  }

  /** Id of the one file's blob. */
  public Optional<String> file(String state) {
    return Optional.ofNullable(known(part(state, 0)));
  }

  /** Ids of the blobs of a state, by path. */
  public Map<String, String> files(String state) {
    Map<String, String> files = new TreeMap<>();
    changes(null, state)
        .forEach(change -> files.put(change.path(), String.valueOf(change.after())));
    return files;
  }

  /**
   * The files that differ between two states.
   *
   * @param before null for one in which there is no file
   */
  public List<Change> changes(@Nullable String before, String after) {
    List<Change> changes = new ArrayList<>();
    String oldFile = before == null ? NONE : part(before, 0);
    String newFile = part(after, 0);
    if (!oldFile.equals(newFile)) {
      changes.add(new Change(file.path(), known(oldFile), known(newFile)));
    }
    String oldTree = before == null ? NONE : part(before, 1);
    String newTree = part(after, 1);
    if (!oldTree.equals(newTree)) {
      compare(oldTree, newTree, changes);
    }
    return changes;
  }

  private void compare(String before, String after, List<Change> changes) {
    try (TreeWalk walk = new TreeWalk(reader)) {
      add(walk, before);
      add(walk, after);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        String old = blob(walk, 0);
        String fresh = blob(walk, 1);
        if (old != null || fresh != null) {
          changes.add(new Change(directory.path() + "/" + walk.getPathString(), old, fresh));
        }
      }
    } catch (MissingObjectException e) {
      throw AbsentObjectException.of(e);
    } catch (IOException e) {
      throw ServiceException.lasting("could not compare the trees " + before + " " + after, e);
    }
  }

  private static @Nullable String blob(TreeWalk walk, int tree) {
    return TreePath.isContent(walk.getRawMode(tree)) ? walk.getObjectId(tree).name() : null;
  }

  private void add(TreeWalk walk, String tree) throws IOException {
    if (tree.equals(NONE)) {
      walk.addTree(new EmptyTreeIterator());
    } else {
      walk.addTree(new CanonicalTreeParser(null, reader, ObjectId.fromString(tree)));
    }
  }

  private String state(RevCommit commit) throws IOException {
    ObjectId root = commit.getTree().copy();
    String known = states.get(root);
    if (known == null) {
      known =
          file.find(reader, root, TreePath::isContent).map(ObjectId::name).orElse(NONE)
              + ' '
              + directory
                  .find(reader, root, FileMode.TREE::equals)
                  .map(ObjectId::name)
                  .orElse(NONE);
      states.put(root, known);
    }
    return known;
  }

  private static String part(String state, int index) {
    int space = state.indexOf(' ');
    return index == 0 ? state.substring(0, space) : state.substring(space + 1);
  }

  private static @Nullable String known(String id) {
    return Optional.of(id).filter(it -> !it.equals(NONE)).orElse(null);
  }

  @Override
  public void close() {
    reader.close();
  }
}
