package dev.optr.git;

import dev.optr.base.Network;
import dev.optr.base.OwnedDirectory;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;

/**
 * Moves several refs of a remote repository at once, all or none, each by compare and swap (git's
 * capability {@code atomic}). A server that cannot do so is refused: parting the refs is what this
 * is there to prevent.
 */
public final class AtomicPush {
  private final GitRepository repository;
  private final Network network;
  private final URI remote;
  private final Optional<Secret> token;

  /** See {@link GitRepository#fetch} for what each of these may be. */
  public AtomicPush(GitRepository repository, Network network, URI remote, Optional<Secret> token) {
    this.repository = repository;
    this.network = network;
    this.remote = remote;
    this.token = token;
  }

  /** How it ended. */
  public sealed interface Result {
    /** All refs stand where they were to be moved to. */
    record Moved() implements Result {}

    /**
     * None was moved: one was not where it was expected, is being moved by somebody else, or the
     * server does not let us.
     *
     * @param reasons what the server said of each ref
     */
    record NotMoved(String reasons) implements Result {}
  }

  /**
   * Pushes. Where the answer is lost, nobody can tell whether the refs were moved: look first.
   *
   * @throws ServiceException where the server was not reached or its answer was lost
   * @throws UserException where the server cannot move several refs at once
   */
  public Result push(List<RefMoves.Move> moves) {
    Path parent = repository.gitDirectory().resolve("optr/tmp");
    OwnedDirectory.sweep(parent);
    try (OwnedDirectory directory = OwnedDirectory.create(parent);
        Repository plain = ObjectsWithoutConfig.open(repository.jgit(), directory.content())) {
      List<RemoteRefUpdate> updates = updates(plain, moves);
      PushResult _ =
          new RemoteConnection("push to", network, remote, token)
              .over(plain, transport -> push(transport, updates));
      return result(updates);
    } catch (IOException e) {
      throw ServiceException.passing("could not push to " + remote, e);
    }
  }

  private static List<RemoteRefUpdate> updates(Repository plain, List<RefMoves.Move> moves)
      throws IOException {
    List<RemoteRefUpdate> updates = new ArrayList<>();
    for (RefMoves.Move move : moves) {
      ObjectId from = move.from().map(ObjectId::fromString).orElse(ObjectId.zeroId());
      ObjectId to = ObjectId.fromString(move.to());
      updates.add(new RemoteRefUpdate(plain, move.to(), to, move.ref(), false, null, from));
    }
    return updates;
  }

  private PushResult push(Transport transport, List<RemoteRefUpdate> updates) throws IOException {
    transport.setPushAtomic(true);
    try {
      return transport.push(NullProgressMonitor.INSTANCE, updates);
    } catch (TransportException e) {
      if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("atomic push not")) {
        throw new UserException(
            remote
                + ": this server cannot move two refs at once, which the anchor log needs; write"
                + " 'log: off' under 'ledger' in the workflow file");
      }
      throw e;
    }
  }

  /** A push can fail for one ref and say so nowhere but in its status, so each is looked at. */
  private Result result(List<RemoteRefUpdate> updates) {
    List<RemoteRefUpdate> left = updates.stream().filter(update -> !isMoved(update)).toList();
    if (left.isEmpty()) {
      updates.forEach(update -> repository.checkpoint().passed("pushed " + update.getRemoteName()));
      return new Result.Moved();
    }
    if (updates.stream().anyMatch(it -> it.getStatus() == RemoteRefUpdate.Status.OK)) {
      throw ServiceException.lasting(
          remote + " moved some refs of several that belong together; left: " + reasons(left));
    }
    return new Result.NotMoved(reasons(left));
  }

  private static boolean isMoved(RemoteRefUpdate update) {
    return switch (update.getStatus()) {
      case OK, UP_TO_DATE -> true;
      case NOT_ATTEMPTED,
          REJECTED_NONFASTFORWARD,
          REJECTED_NODELETE,
          REJECTED_REMOTE_CHANGED,
          REJECTED_OTHER_REASON,
          NON_EXISTING,
          AWAITING_REPORT ->
          false;
    };
  }

  private static String reasons(List<RemoteRefUpdate> updates) {
    return updates.stream()
        .map(
            update ->
                "%s: %s"
                    .formatted(
                        update.getRemoteName(),
                        update.getMessage() == null
                            ? update.getStatus().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                            : update.getMessage()))
        .collect(Collectors.joining("; "));
  }
}
