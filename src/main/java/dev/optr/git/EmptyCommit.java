package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;

/** Makes commits that hold no files: what they say is in message and parents. */
public final class EmptyCommit {
  private EmptyCommit() {}

  /**
   * Makes a commit with the empty tree. No ref is moved.
   *
   * @param parents ids, first parent first
   * @param when to the second; written in UTC
   * @return the commit's id
   */
  public static String build(
      GitRepository repository,
      List<String> parents,
      String message,
      String authorName,
      String authorEmail,
      Instant when,
      Optional<CommitSigner> signer) {
    PersonIdent author = new PersonIdent(authorName, authorEmail, when, ZoneOffset.UTC);
    try (ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      ObjectId tree = inserter.insert(new TreeFormatter());
      return CommitWriter.write(repository, inserter, tree, parents, message, author, signer);
    } catch (IOException e) {
      throw ServiceException.lasting("could not write a commit upon " + parents, e);
    }
  }
}
