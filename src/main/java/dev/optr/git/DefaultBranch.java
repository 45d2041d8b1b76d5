package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * Which branch is the default branch, as far as a clone can tell: the one that the remote {@code
 * origin} had checked out when it was cloned, else its {@code main} or {@code master}, else the
 * branch that is checked out here. The config has no say.
 *
 * @param name short name, without the remote's
 * @param commit what it is on
 */
public record DefaultBranch(String name, String commit) {
  private static final String ORIGIN = Constants.R_REMOTES + "origin/";

  /** Empty where HEAD is detached and there is no remote, and before the first commit. */
  public static Optional<DefaultBranch> of(GitRepository owner) {
    Repository repository = owner.jgit();
    return Stream.of(
            remoteHead(repository),
            remote(repository, "main"),
            remote(repository, "master"),
            owner
                .currentBranch()
                .flatMap(name -> commit(repository, Constants.R_HEADS + name, name)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<DefaultBranch> remote(Repository repository, String name) {
    return commit(repository, ORIGIN + name, name);
  }

  private static Optional<DefaultBranch> remoteHead(Repository repository) {
    try {
      return Optional.ofNullable(repository.exactRef(ORIGIN + Constants.HEAD))
          .filter(Ref::isSymbolic)
          .map(head -> head.getTarget().getName())
          .filter(name -> name.startsWith(ORIGIN))
          .flatMap(name -> commit(repository, name, name.substring(ORIGIN.length())));
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the refs of the remote 'origin'", e);
    }
  }

  private static Optional<DefaultBranch> commit(Repository repository, String ref, String name) {
    try {
      return Optional.ofNullable(repository.exactRef(ref))
          .map(Ref::getObjectId)
          .map(id -> new DefaultBranch(name, id.name()));
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + ref, e);
    }
  }
}
