package dev.optr.git;

import dev.optr.base.Checkpoint;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** Moves a branch by compare and swap. */
final class BranchMove {
  private final Repository repository;
  private final Checkpoint checkpoint;

  BranchMove(Repository repository, Checkpoint checkpoint) {
    this.repository = repository;
    this.checkpoint = checkpoint;
  }

  boolean move(String branch, String expectedOld, String commit) {
    String name = Constants.R_HEADS + branch;
    if (!Repository.isValidRefName(name)) {
      throw new UserException("'" + branch + "' is no name for a branch");
    }
    return moveRef(name, expectedOld, commit, "optr: commit");
  }

  /** See {@link #move}, for a ref by its whole name. */
  boolean moveRef(String name, String expectedOld, String commit, String reason) {
    try {
      RefUpdate update = repository.updateRef(name);
      update.setExpectedOldObjectId(ObjectId.fromString(expectedOld));
      update.setNewObjectId(ObjectId.fromString(commit));
      // Without this the identity would come from the repository's config.
      update.setRefLogIdent(new PersonIdent("optr", "optr@localhost"));
      update.setRefLogMessage(reason, false);
      return moved(name, update.forceUpdate());
    } catch (IOException e) {
      throw ServiceException.lasting("could not move " + name, e);
    }
  }

  private boolean moved(String name, RefUpdate.Result result) {
    return switch (result) {
      case NEW, FAST_FORWARD, FORCED -> {
        checkpoint.passed("moved " + name);
        yield true;
      }
      case NO_CHANGE -> true;
      case LOCK_FAILURE -> false;
      case NOT_ATTEMPTED,
          REJECTED,
          REJECTED_CURRENT_BRANCH,
          REJECTED_MISSING_OBJECT,
          REJECTED_OTHER_REASON,
          IO_FAILURE,
          RENAMED ->
          throw ServiceException.lasting("could not move " + name + ": " + result);
    };
  }
}
