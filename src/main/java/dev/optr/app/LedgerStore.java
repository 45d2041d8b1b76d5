package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.AnchorCommit;
import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import dev.optr.git.LocalBranch;
import dev.optr.ledger.Container;
import dev.optr.ledger.Signer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The ledger files of one repository, read and changed by one process at a time: the second waits,
 * then reads what the first has left.
 */
final class LedgerStore implements AutoCloseable {
  private final Host host;
  private final GitRepository repository;
  private final RunLock lock;
  private final LedgerPlace place;

  /** Where the lines are. */
  enum LedgerPlace {
    /** In the commit that HEAD is on; changes become a commit on the branch. */
    BRANCH,
    /** In the work tree; changes stay there. */
    WORK_TREE
  }

  private LedgerStore(Host host, GitRepository repository, RunLock lock, LedgerPlace place) {
    this.host = host;
    this.repository = repository;
    this.lock = lock;
    this.place = place;
  }

  /**
   * Waits for its turn.
   *
   * @param repository closed with the store
   * @throws UserException where nothing could be written
   */
  static LedgerStore open(Host host, GitRepository repository, LedgerPlace place) {
    RunLock lock = RunLock.take(repository.gitDirectory().resolve("optr"), Progress.of(host));
    try {
      LedgerStore store = new LedgerStore(host, repository, lock, place);
      store.files().sweep();
      store.requireReady();
      return store;
    } catch (UserException | ServiceException refused) {
      lock.close();
      repository.close();
      throw refused;
    }
  }

  /** Id of the commit that HEAD is on. */
  static String head(GitRepository repository) {
    return repository
        .resolve("HEAD")
        .orElseThrow(
            () ->
                new UserException(
                    repository.gitDirectory()
                        + ": HEAD names no commit yet; make the first one, then come back"));
  }

  private void requireReady() {
    if (place == LedgerPlace.BRANCH) {
      new LocalBranch(repository).requireReady(branch());
      files().requireNothingNew(RunLedger.at(repository, head()));
    }
  }

  private String branch() {
    return repository
        .currentBranch()
        .orElseThrow(
            () -> new UserException("HEAD is detached; check out a branch, or add --no-commit"));
  }

  private WorkTreeLedger files() {
    Path root =
        repository
            .workTree()
            .orElseThrow(
                () ->
                    new UserException(
                        repository.gitDirectory()
                            + ": has no work tree; use a clone that has one"));
    return new WorkTreeLedger(root);
  }

  GitRepository repository() {
    return repository;
  }

  String head() {
    return head(repository);
  }

  /** All ledger files. */
  List<Container> containers() {
    return switch (place) {
      case BRANCH -> RunLedger.at(repository, head());
      case WORK_TREE -> files().containers();
    };
  }

  /** Any other file. */
  Optional<Bytes> file(String path) {
    return switch (place) {
      case BRANCH -> repository.file(head(), path);
      case WORK_TREE -> files().file(path);
    };
  }

  /**
   * Makes the changes, all of them or none.
   *
   * @param signer of the commit, where one is made
   * @return where they are now, for people
   */
  String write(FileChanges changes, String message, Optional<Signer> signer) {
    files().requireWritable(changes);
    LocalBranch local = new LocalBranch(repository);
    if (place == LedgerPlace.WORK_TREE) {
      local.leave(changes);
      return "in the work tree, not committed";
    }
    String parent = head();
    String commit =
        AnchorCommit.build(
            repository,
            parent,
            changes,
            message,
            host.clock().instant(),
            LocalLedger.commitSigner(signer));
    if (!local.advance(branch(), parent, commit, changes)) {
      throw ServiceException.lasting(
          "somebody moved '%s' meanwhile, nothing was changed; try again".formatted(branch()));
    }
    return "commit " + commit;
  }

  @Override
  public void close() {
    repository.close();
    lock.close();
  }
}
