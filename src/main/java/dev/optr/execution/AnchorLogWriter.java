package dev.optr.execution;

import dev.optr.base.ServiceException;
import dev.optr.git.CommitSigner;
import dev.optr.git.EmptyCommit;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorLog;
import dev.optr.ledger.Finding;
import dev.optr.ledger.LogEntry;
import dev.optr.ledger.LoggedAnchor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes commits of the anchor log; moves no ref. */
public final class AnchorLogWriter {
  private static final String NAME = "optr";
  private static final String EMAIL = "optr@localhost";

  private final GitRepository repository;
  private final InstantSource clock;
  private final Optional<CommitSigner> signer;
  private final Backlog backlog;

  /**
   * Anchors that a log lacks although they are there: the log was turned on later, or its copy that
   * named them was given up.
   */
  @FunctionalInterface
  public interface Backlog {
    /** In the order in which the log shall name them. */
    List<LoggedAnchor> missing(AnchorLog log);
  }

  public AnchorLogWriter(
      GitRepository repository,
      InstantSource clock,
      Optional<CommitSigner> signer,
      Backlog backlog) {
    this.repository = repository;
    this.clock = clock;
    this.signer = signer;
    this.backlog = backlog;
  }

  /** The log as it stands at a commit; empty where there is none yet. */
  AnchorLog read(Optional<String> tip) {
    return tip.map(commit -> AnchorLog.read(new RepositoryLog(repository), commit))
        .orElseGet(AnchorLog::empty);
  }

  /**
   * Adds what the log lacks, and then an anchor.
   *
   * @return the new tip
   * @throws ServiceException where the log is not whole: nothing is put upon it
   */
  String extend(AnchorLog log, LoggedAnchor anchor) {
    if (!log.findings().isEmpty()) {
      Finding first = log.findings().getFirst();
      throw ServiceException.lasting(first.message() + " (commit " + first.commit() + ")");
    }
    Optional<String> tip = log.tip();
    long number = log.lastNumber();
    for (LoggedAnchor next :
        Stream.concat(backlog.missing(log).stream(), Stream.of(anchor)).toList()) {
      number++;
      tip = Optional.of(write(tip, new LogEntry(number, next)));
    }
    return tip.orElseThrow();
  }

  private String write(Optional<String> previous, LogEntry entry) {
    List<String> parents = new ArrayList<>(previous.stream().toList());
    parents.add(entry.anchor().commit());
    return EmptyCommit.build(
        repository, parents, entry.text(), NAME, EMAIL, clock.instant(), signer);
  }
}
