package dev.optr.app;

import dev.optr.execution.AnchorLogWriter;
import dev.optr.execution.Attempts;
import dev.optr.execution.LocalAnchorLog;
import dev.optr.execution.RepositoryLog;
import dev.optr.git.CommitSigner;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorLog;
import dev.optr.ledger.AnchorVerifier;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.LoggedAnchor;
import dev.optr.ledger.Verification;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The anchor log that a run writes. */
final class RunLog {
  private final Host host;
  private final GitRepository repository;
  private final String ref;
  private final Optional<CommitSigner> signer;

  /**
   * @param ref whole name of the ref that it stands on
   */
  RunLog(Host host, GitRepository repository, String ref, Optional<CommitSigner> signer) {
    this.host = host;
    this.repository = repository;
    this.ref = ref;
    this.signer = signer;
  }

  /**
   * The log of a repository on this machine.
   *
   * @param commit the commit whose ledger the run builds on
   * @throws LedgerBrokenException where the log is not whole
   */
  LocalAnchorLog local(String commit, RunLedger ledger) {
    List<String> copies = LogRefs.copies(ref);
    requireWhole(ref);
    copies.forEach(this::requireWhole);
    return new LocalAnchorLog(repository, ref, copies, writer(commit, ledger), attempts());
  }

  /** Its tip, if there is a log. See {@link #local} for what it throws. */
  Optional<String> requireWhole(String name) {
    Optional<String> tip = repository.resolve(name);
    tip.map(commit -> AnchorLog.read(new RepositoryLog(repository), commit).findings())
        .filter(findings -> !findings.isEmpty())
        .ifPresent(
            findings -> {
              throw LedgerBrokenException.of(findings);
            });
    return tip;
  }

  AnchorLogWriter writer(String commit, RunLedger ledger) {
    return new AnchorLogWriter(
        repository, host.clock(), signer, log -> missing(log, commit, ledger));
  }

  static Attempts attempts() {
    return new Attempts(RandomGenerator.getDefault(), Thread::sleep);
  }

  /** Good anchors of the ledger's entries that a log does not name. */
  private List<LoggedAnchor> missing(AnchorLog log, String commit, RunLedger ledger) {
    Verification before = ledger.before();
    List<Entry> unnamed =
        before.entries().stream()
            .filter(entry -> entry.body() instanceof Body.Run)
            .filter(entry -> log.anchorsOf(entry.id()).isEmpty())
            .toList();
    String genesis = before.genesis();
    if (unnamed.isEmpty() || genesis == null) {
      return List.of();
    }
    AnchorVerifier anchors = new AnchorVerifier(new GitAnchors(repository));
    try (GitHistory history = new GitHistory(repository, VerifiedState.of(repository, commit))) {
      LedgerPast past = LedgerPast.read(history, genesis);
      return unnamed.stream()
          .flatMap(
              entry ->
                  anchors
                      .anchorOf(entry, before, past)
                      .flatMap(anchor -> LoggedAnchor.of(entry, anchor))
                      .stream())
          .toList();
    }
  }
}
