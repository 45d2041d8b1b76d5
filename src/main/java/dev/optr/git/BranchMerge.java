package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Merges the tree of one branch into that of another, where nobody has to choose: by the same rules
 * as {@link MergeTrials}, {@code datalake} included. A renamed file that the other side changed is
 * left to people. No hook, merge driver or attribute is looked at; no commit is made.
 */
public final class BranchMerge {
  private static final int MOST_FILES = 300;
  private static final long MOST_BYTES = 32L << 20;
  private static final int BASE = 0;
  private static final int OURS = 1;
  private static final int THEIRS = 2;

  private final Map<String, Bytes> settled;
  private final ObjectReader reader;
  private final ObjectInserter inserter;
  private final ContentMerge contents;
  private final EditableTree tree;
  private final Map<String, Bytes> written = new HashMap<>();
  private final Set<String> executable = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  private long bytes;

  private BranchMerge(
      Map<String, Bytes> settled, ObjectReader reader, ObjectInserter inserter, ObjectId theirs) {
    this.settled = settled;
    this.reader = reader;
    this.inserter = inserter;
    this.contents = new ContentMerge(reader);
    this.tree = new EditableTree(reader, theirs);
  }

  /** How it went. */
  public sealed interface Result {
    /**
     * @param tree id of the merged tree, whose objects are in the repository
     * @param changes what makes it out of the tree of the branch that was merged into
     */
    record Merged(String tree, FileChanges changes) implements Result {}

    /**
     * Somebody has to do it by hand.
     *
     * @param reason half a sentence
     */
    record Left(String reason) implements Result {}
  }

  /** Found while the trees are walked. */
  private static final class LeftException extends Exception {
    private static final long serialVersionUID = 1;

    LeftException(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Merges.
   *
   * @param ours commit whose changes since the common commit are merged
   * @param theirs commit whose tree gets them
   * @param settled contents of files that are merged already; in both trees
   */
  public static Result of(
      GitRepository repository, String ours, String theirs, Map<String, Bytes> settled) {
    try (ObjectReader reader = repository.jgit().newObjectReader();
        ObjectInserter inserter = repository.jgit().newObjectInserter();
        RevWalk walk = new RevWalk(repository.jgit())) {
      ObjectId own = CommitReader.tree(reader, ours);
      MergeBase.Search search =
          MergeBase.of(
              walk,
              repository.jgit(),
              repository.isShallow(),
              ObjectId.fromString(ours),
              ObjectId.fromString(theirs));
      return switch (search) {
        case MergeBase.NotFound(MergeTrial why) -> new Result.Left(words(why));
        case MergeBase.Found(ObjectId base, ObjectId other) -> {
          MergeTrial trial = new TreeMerge(reader, base, own, other).attempt();
          yield trial instanceof MergeTrial.Clean
              ? new BranchMerge(settled, reader, inserter, other).merge(base, own, other)
              : new Result.Left(words(trial));
        }
      };
    } catch (LeftException left) {
      return new Result.Left(left.reason());
    } catch (IOException e) {
      throw ServiceException.lasting("could not merge %s into %s".formatted(ours, theirs), e);
    }
  }

  private static String words(MergeTrial trial) {
    return switch (trial) {
      case MergeTrial.Clean() -> "it merges";
      case MergeTrial.Conflicts conflicts ->
          "it conflicts in " + String.join(", ", conflicts.files());
      case MergeTrial.Unrelated() -> "the two have no commit in common";
      case MergeTrial.Unknown(String reason) -> reason;
    };
  }

  private Result merge(ObjectId base, ObjectId ours, ObjectId theirs)
      throws IOException, LeftException {
    try (NameConflictTreeWalk walk = new NameConflictTreeWalk(reader)) {
      walk.addTree(base);
      walk.addTree(ours);
      walk.addTree(theirs);
      while (walk.next()) {
        if (!same(walk, BASE, OURS) && !same(walk, OURS, THEIRS)) {
          look(walk);
          if (walk.isSubtree()) {
            walk.enterSubtree();
          }
        }
      }
    }
    String id = tree.write(inserter).name();
    inserter.flush();
    return new Result.Merged(id, new FileChanges(written, deleted, executable));
  }

  /** Something that we changed and the other side does not have. */
  private void look(TreeWalk walk) throws IOException, LeftException {
    String path = walk.getPathString();
    if (!Arrays.equals(path.getBytes(UTF_8), walk.getRawPath())) {
      throw new LeftException("it changes a file whose name is no UTF-8");
    }
    EditableTree.@Nullable Leaf own = leaf(walk, OURS);
    EditableTree.@Nullable Leaf other = leaf(walk, THEIRS);
    if (same(walk, BASE, THEIRS)) {
      take(path, own, other);
    } else if (own != null && other != null) {
      both(path, leaf(walk, BASE), own, other);
    } else if (own != null || other != null) {
      throw new LeftException("it conflicts in " + PathPolicy.printable(path));
    }
  }

  /** The other side left it alone. */
  private void take(String path, EditableTree.@Nullable Leaf own, EditableTree.@Nullable Leaf other)
      throws IOException, LeftException {
    if (own != null) {
      requireFile(path, own);
      put(path, own.mode(), own.id(), content(own.id()));
    } else if (other != null) {
      tree.remove(path);
      deleted.add(path);
    }
  }

  private void both(
      String path,
      EditableTree.@Nullable Leaf before,
      EditableTree.Leaf own,
      EditableTree.Leaf other)
      throws IOException, LeftException {
    Bytes known = settled.get(path);
    requireFile(path, own);
    requireFile(path, other);
    if (known != null) {
      put(path, other.mode(), inserter.insert(Constants.OBJ_BLOB, known.toArray()), known);
      return;
    }
    if (contents.of(before, own, other) != ContentMerge.Outcome.CLEAN) {
      throw new LeftException("it conflicts in " + PathPolicy.printable(path));
    }
    ObjectId base = before != null && before.isRegular() ? before.id() : null;
    Bytes merged = Bytes.of(contents.merged(base, own.id(), other.id()));
    FileMode mode = before != null && own.mode().equals(before.mode()) ? other.mode() : own.mode();
    put(path, mode, inserter.insert(Constants.OBJ_BLOB, merged.toArray()), merged);
  }

  private static void requireFile(String path, EditableTree.Leaf leaf) throws LeftException {
    if (!leaf.isRegular()) {
      throw new LeftException(
          "it changes %s: %s".formatted(PathPolicy.printable(path), leaf.kind()));
    }
  }

  private Bytes content(ObjectId blob) throws IOException, LeftException {
    if (bytes + reader.getObjectSize(blob, Constants.OBJ_BLOB) > MOST_BYTES) {
      throw tooMuch();
    }
    return Bytes.of(reader.open(blob, Constants.OBJ_BLOB).getCachedBytes((int) MOST_BYTES));
  }

  private static LeftException tooMuch() {
    return new LeftException(
        "it changes more than %d files or %d MiB".formatted(MOST_FILES, MOST_BYTES >> 20));
  }

  private void put(String path, FileMode mode, ObjectId blob, Bytes content)
      throws IOException, LeftException {
    bytes += content.size();
    if (bytes > MOST_BYTES || written.size() >= MOST_FILES) {
      throw tooMuch();
    }
    Optional<String> problem = problem(path);
    if (problem.isPresent()) {
      throw new LeftException(PathPolicy.printable(path) + ": " + problem.get());
    }
    tree.put(path, mode, blob);
    written.put(path, content);
    if (mode.equals(FileMode.EXECUTABLE_FILE)) {
      executable.add(path);
    }
  }

  private Optional<String> problem(String path) throws IOException {
    Optional<String> name = PathPolicy.problem(path);
    return name.isPresent() || tree.find(path).isPresent() ? name : tree.conflict(path);
  }

  private static boolean same(TreeWalk walk, int one, int other) {
    return walk.getFileMode(one).equals(walk.getFileMode(other)) && walk.idEqual(one, other);
  }

  private static EditableTree.@Nullable Leaf leaf(TreeWalk walk, int side) {
    FileMode mode = walk.getFileMode(side);
    return mode.equals(FileMode.TREE) || mode.equals(FileMode.MISSING)
        ? null
        : new EditableTree.Leaf(mode, walk.getObjectId(side));
  }
}
