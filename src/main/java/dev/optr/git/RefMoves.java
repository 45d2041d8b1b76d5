package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Moves several refs at once, all or none, each by compare and swap. What git writes its refs into
 * ({@code packed-refs} or reftables) is replaced as a whole, so that a crash cannot part them.
 */
public final class RefMoves {
  private final GitRepository repository;

  public RefMoves(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * One of them.
   *
   * @param ref its whole name
   * @param from the commit that it must be on; empty where it must not be there
   */
  public record Move(String ref, Optional<String> from, String to) {
    ReceiveCommand command() {
      return new ReceiveCommand(
          from.map(ObjectId::fromString).orElse(ObjectId.zeroId()), ObjectId.fromString(to), ref);
    }
  }

  /**
   * @return whether all were moved; false, and nothing was changed, where one was not where it was
   *     expected or is being moved by somebody else
   */
  public boolean move(List<Move> moves, String reason) {
    RefDatabase refs = repository.jgit().getRefDatabase();
    if (!refs.performsAtomicTransactions()) {
      throw ServiceException.lasting(
          repository.gitDirectory() + ": the refs of this repository cannot be moved together");
    }
    BatchRefUpdate batch = refs.newBatchUpdate();
    batch.setAtomic(true);
    // Without this the identity would come from the repository's config.
    batch.setRefLogIdent(new PersonIdent("optr", "optr@localhost"));
    batch.setRefLogMessage(reason, false);
    moves.forEach(move -> batch.addCommand(move.command()));
    try (RevWalk walk = new RevWalk(repository.jgit())) {
      batch.execute(walk, NullProgressMonitor.INSTANCE);
    } catch (IOException e) {
      throw ServiceException.lasting("could not move " + names(moves), e);
    }
    return moved(moves, batch.getCommands());
  }

  private boolean moved(List<Move> moves, List<ReceiveCommand> commands) {
    if (commands.stream().allMatch(it -> it.getResult() == ReceiveCommand.Result.OK)) {
      repository.checkpoint().passed("moved " + names(moves));
      return true;
    }
    if (commands.stream().anyMatch(it -> it.getResult() == ReceiveCommand.Result.LOCK_FAILURE)) {
      return false;
    }
    throw ServiceException.lasting(
        "could not move "
            + commands.stream()
                .map(it -> it.getRefName() + " (" + it.getResult() + ")")
                .collect(Collectors.joining(" and ")));
  }

  private static String names(List<Move> moves) {
    return moves.stream().map(Move::ref).collect(Collectors.joining(" and "));
  }
}
