package dev.optr.execution;

import dev.optr.base.ServiceException;
import dev.optr.git.GitRepository;
import dev.optr.git.RefMoves;
import dev.optr.ledger.AnchorLog;
import dev.optr.ledger.LoggedAnchor;
import java.util.List;
import java.util.Optional;

/** The anchor log of a repository on this machine. */
public final class LocalAnchorLog {
  private final GitRepository repository;
  private final String ref;
  private final List<String> copies;
  private final AnchorLogWriter writer;
  private final Attempts attempts;

  /**
   * @param ref whole name of the ref that is written
   * @param copies refs of the same log as it was fetched; one that has gone on is continued
   */
  public LocalAnchorLog(
      GitRepository repository,
      String ref,
      List<String> copies,
      AnchorLogWriter writer,
      Attempts attempts) {
    this.repository = repository;
    this.ref = ref;
    this.copies = List.copyOf(copies);
    this.writer = writer;
    this.attempts = attempts;
  }

  /**
   * Moves a branch to an anchor and the log with it, or neither.
   *
   * @param branch short name
   * @return false where the branch is not where it was expected
   */
  boolean moveWith(String branch, String expectedOld, LoggedAnchor anchor)
      throws InterruptedException {
    return attempts
        .first(() -> attempt("refs/heads/" + branch, expectedOld, anchor))
        .orElseThrow(
            () ->
                ServiceException.lasting(
                    "could not move " + branch + ": others keep moving " + ref + "; run again"));
  }

  /** Empty where the log was not where it was when it was read. */
  private Optional<Boolean> attempt(String branch, String expectedOld, LoggedAnchor anchor) {
    if (!repository.resolve(branch).equals(Optional.of(expectedOld))) {
      return Optional.of(false);
    }
    Optional<String> own = repository.resolve(ref);
    AnchorLog log = writer.read(newest(own));
    List<RefMoves.Move> moves =
        List.of(
            new RefMoves.Move(branch, Optional.of(expectedOld), anchor.commit()),
            new RefMoves.Move(ref, own, writer.extend(log, anchor)));
    return new RefMoves(repository).move(moves, "optr: commit")
        ? Optional.of(true)
        : Optional.empty();
  }

  /** A copy that holds all of our own goes further than it. */
  private Optional<String> newest(Optional<String> own) {
    return copies.stream()
        .flatMap(copy -> repository.resolve(copy).stream())
        .filter(copy -> own.isEmpty() || repository.isAncestor(own.get(), copy))
        .findFirst()
        .or(() -> own);
  }
}
