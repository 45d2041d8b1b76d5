package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/**
 * Makes a commit of a candidate, for people to look at: its recorded changes on the frozen commit.
 * No ref is moved, and nothing follows from the commit.
 */
public final class CandidateCommit {
  private CandidateCommit() {}

  /** What came of it. */
  public sealed interface Built {}

  /**
   * @param tree as the candidate's record has it: without the frozen commit's {@code datalake},
   *     which the commit has all the same
   */
  public record Made(String commit, String tree) implements Built {}

  /**
   * @param errors why the changes do not apply
   */
  public record Rejected(List<String> errors) implements Built {
    public Rejected {
      errors = List.copyOf(errors);
    }
  }

  /**
   * Makes the commit in the repository, with the frozen commit as its one parent.
   *
   * @param changes as recorded; those below {@code datalake} are refused
   * @param when to the second; written in UTC
   */
  public static Built build(
      GitRepository repository,
      String frozen,
      List<Change> changes,
      String message,
      String authorName,
      String authorEmail,
      Instant when) {
    List<String> forbidden =
        changes.stream()
            .filter(change -> isDatalake(change.path()) || isDatalake(change.from()))
            .map(change -> PathPolicy.printable(change.path()) + ": the datalake is no candidate's")
            .toList();
    if (!forbidden.isEmpty()) {
      return new Rejected(forbidden);
    }
    PersonIdent author = new PersonIdent(authorName, authorEmail, when, ZoneOffset.UTC);
    try (ObjectReader reader = repository.jgit().newObjectReader();
        ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      ObjectId base = CommitReader.tree(reader, frozen);
      CandidateTree candidate =
          new CandidateTree(reader, new EditableTree(reader, base), new EditableTree(reader, base));
      List<String> errors = new ChangeReplay(candidate).apply(changes);
      return errors.isEmpty()
          ? commit(repository, inserter, candidate, frozen, message, author)
          : new Rejected(errors);
    } catch (IOException e) {
      throw ServiceException.lasting("could not write a candidate's commit on " + frozen, e);
    }
  }

  private static Made commit(
      GitRepository repository,
      ObjectInserter inserter,
      CandidateTree candidate,
      String frozen,
      String message,
      PersonIdent author)
      throws IOException {
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(ObjectId.fromString(candidate.store(inserter).tree()));
    builder.setParentId(ObjectId.fromString(frozen));
    builder.setAuthor(author);
    builder.setCommitter(author);
    builder.setMessage(message);
    String commit = inserter.insert(builder).name();
    inserter.flush();
    repository.checkpoint().passed("wrote commit " + commit);
    return new Made(commit, repository.treeWithoutDatalake(commit));
  }

  private static boolean isDatalake(@Nullable String path) {
    return path != null
        && (path.equals(CommitReader.DATALAKE) || path.startsWith(CommitReader.DATALAKE + "/"));
  }
}
