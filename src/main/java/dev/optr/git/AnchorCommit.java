package dev.optr.git;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;

/** Makes commits from objects: never from the index, the work tree or the config. */
public final class AnchorCommit {
  private AnchorCommit() {}

  /**
   * Makes a commit whose tree is its parent's plus files (mode 100644). No ref is moved.
   *
   * @param files content by path from the root
   * @param when to the second; written in UTC
   * @return the commit's id
   * @throws UserException where the parent's tree has something in the way of a file
   */
  public static String build(
      GitRepository repository,
      String parent,
      Map<String, Bytes> files,
      String message,
      String authorName,
      String authorEmail,
      Instant when,
      Optional<CommitSigner> signer) {
    PersonIdent author = new PersonIdent(authorName, authorEmail, when, ZoneOffset.UTC);
    FileChanges changes = FileChanges.writing(files);
    return write(repository, Optional.of(parent), changes, message, author, signer);
  }

  /** Makes a commit of the program's own, which may delete files too. See {@link #build}. */
  public static String build(
      GitRepository repository,
      String parent,
      FileChanges changes,
      String message,
      Instant when,
      Optional<CommitSigner> signer) {
    PersonIdent author = new PersonIdent("optr", "optr@localhost", when, ZoneOffset.UTC);
    return write(repository, Optional.of(parent), changes, message, author, signer);
  }

  /**
   * Makes a commit of the program's own with any parents, which may delete files too.
   *
   * @param base the commit whose tree is changed; empty for the empty tree
   * @param parents ids, first parent first
   */
  public static String build(
      GitRepository repository,
      Optional<String> base,
      FileChanges changes,
      List<String> parents,
      String message,
      Instant when,
      Optional<CommitSigner> signer) {
    PersonIdent author = new PersonIdent("optr", "optr@localhost", when, ZoneOffset.UTC);
    return write(repository, base, changes, parents, message, author, signer);
  }

  /** Makes a commit without a parent. See {@link #build}. */
  public static String buildRoot(
      GitRepository repository,
      Map<String, Bytes> files,
      String message,
      String authorName,
      String authorEmail,
      Instant when) {
    PersonIdent author = new PersonIdent(authorName, authorEmail, when, ZoneOffset.UTC);
    FileChanges changes = FileChanges.writing(files);
    return write(repository, Optional.empty(), changes, message, author, Optional.empty());
  }

  private static String write(
      GitRepository repository,
      Optional<String> parent,
      FileChanges changes,
      String message,
      PersonIdent author,
      Optional<CommitSigner> signer) {
    List<String> parents = parent.stream().toList();
    return write(repository, parent, changes, parents, message, author, signer);
  }

  private static String write(
      GitRepository repository,
      Optional<String> parent,
      FileChanges changes,
      List<String> parents,
      String message,
      PersonIdent author,
      Optional<CommitSigner> signer) {
    try (ObjectReader reader = repository.jgit().newObjectReader();
        ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      ObjectId base = ObjectId.zeroId();
      if (parent.isPresent()) {
        base = CommitReader.tree(reader, parent.get());
      }
      ObjectId tree = tree(new EditableTree(reader, base), changes, inserter);
      return CommitWriter.write(repository, inserter, tree, parents, message, author, signer);
    } catch (IOException e) {
      throw ServiceException.lasting("could not write a commit on " + parent.orElse("nothing"), e);
    }
  }

  private static ObjectId tree(EditableTree tree, FileChanges changes, ObjectInserter inserter)
      throws IOException {
    List<String> problems = new ArrayList<>();
    for (String path : changes.deletedInOrder()) {
      tree.remove(path);
    }
    for (Map.Entry<String, Bytes> file : changes.writtenInOrder().entrySet()) {
      Optional<String> problem = problem(tree, file.getKey());
      problem.ifPresent(
          what ->
              problems.add(PathPolicy.printable(file.getKey()) + ": cannot commit it: " + what));
      if (problem.isEmpty()) {
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue().toArray());
        FileMode mode =
            changes.executable().contains(file.getKey())
                ? FileMode.EXECUTABLE_FILE
                : FileMode.REGULAR_FILE;
        tree.put(file.getKey(), mode, blob);
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return tree.write(inserter);
  }

  private static Optional<String> problem(EditableTree tree, String path) throws IOException {
    Optional<String> hostile = PathPolicy.problem(path).map(what -> what + " is refused");
    if (hostile.isPresent()) {
      return hostile;
    }
    Optional<EditableTree.Leaf> there = tree.find(path);
    if (there.isEmpty()) {
      return tree.conflict(path);
    }
    return there.get().isRegular()
        ? Optional.empty()
        : Optional.of("there is " + there.get().kind() + " at that path");
  }
}
