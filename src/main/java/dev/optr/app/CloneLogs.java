package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.execution.RepositoryLog;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorLog;
import dev.optr.ledger.AnchorLogVerifier;
import dev.optr.ledger.ArchivedLedger;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.LogWitness;
import dev.optr.ledger.LoggedAnchor;
import dev.optr.ledger.Verification;
import java.util.ArrayList;
import java.util.List;

/**
 * The anchor logs that a clone has: copies of one log, and of two where the setting was changed.
 */
final class CloneLogs {
  private final GitRepository repository;
  private final List<AnchorLog> logs;

  private CloneLogs(GitRepository repository, List<AnchorLog> logs) {
    this.repository = repository;
    this.logs = List.copyOf(logs);
  }

  static CloneLogs of(GitRepository repository) {
    List<String> tips =
        LogRefs.ALL.stream().flatMap(ref -> repository.resolve(ref).stream()).distinct().toList();
    RepositoryLog commits = new RepositoryLog(repository);
    return new CloneLogs(
        repository,
        tips.stream()
            .filter(tip -> tips.stream().noneMatch(it -> isOlder(repository, tip, it)))
            .map(tip -> AnchorLog.read(commits, tip))
            .toList());
  }

  private static boolean isOlder(GitRepository repository, String tip, String other) {
    return !tip.equals(other) && repository.isAncestor(tip, other);
  }

  /** Whether a log that this clone has goes through a commit. */
  boolean contain(String commit) {
    return logs.stream().anyMatch(log -> log.contains(commit));
  }

  /** How many anchors each log names, and its tip, which is worth remembering. */
  List<String> lines() {
    return logs.stream()
        .flatMap(
            log ->
                log.tip().stream()
                    .map(tip -> "%d anchors, tip %s".formatted(log.entries().count(), tip)))
        .toList();
  }

  /** The anchors that the logs name for an entry, as far as the clone has them. */
  List<String> anchorsOf(String entry) {
    return logs.stream()
        .flatMap(log -> log.anchorsOf(entry).stream())
        .map(LoggedAnchor::commit)
        .distinct()
        .filter(this::isHere)
        .toList();
  }

  private boolean isHere(String commit) {
    return repository.resolve(commit).isPresent();
  }

  /** The same walk, also over the anchors that the verified state does not come from. */
  LedgerPast past(VerifiedState state, String genesis, LedgerPast past) {
    List<String> others =
        logs.stream()
            .flatMap(AnchorLog::entries)
            .map(entry -> entry.anchor().commit())
            .distinct()
            .filter(anchor -> isHere(anchor) && past.entriesAt(anchor).isEmpty())
            .toList();
    if (others.isEmpty()) {
      return past;
    }
    try (GitHistory history = new GitHistory(repository, state, others)) {
      return LedgerPast.read(history, genesis);
    }
  }

  /**
   * The verification with what the logs add to it.
   *
   * @param commit the commit that is verified
   * @param containers the ledger files that were verified
   * @param past what led to them, without the logs
   */
  Verification verify(
      Verification verification, String commit, List<Container> containers, LedgerPast past) {
    List<Container> files = new ArrayList<>(containers);
    repository.files(commit, "datalake").stream()
        .filter(file -> ArchivedLedger.isArchived(file.path()) && file.isRegular())
        .map(file -> new Container(file.path(), Bytes.of(repository.blob(file.blob()))))
        .forEach(files::add);
    LogWitness witness = new BranchWitness(repository, id -> !past.introducing(id).isEmpty());
    return new AnchorLogVerifier(
            new RepositoryLog(repository), witness, at -> RunLedger.at(repository, at))
        .verify(verification, logs, files);
  }
}
