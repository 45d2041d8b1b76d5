package dev.optr.execution;

import dev.optr.base.Bytes;
import dev.optr.git.AnchorCommit;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorLog;
import dev.optr.ledger.LogEntry;
import dev.optr.ledger.LoggedAnchor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What writing the log needs, and what it left. */
final class LogWriters {
  private LogWriters() {}

  /** Fails like the real ones, and waits for nobody. */
  static Attempts attempts() {
    return new Attempts(RandomGenerator.getDefault(), _ -> Thread.onSpinWait());
  }

  /** The real ones. */
  static Attempts pausing() {
    return new Attempts(RandomGenerator.getDefault(), Thread::sleep);
  }

  static AnchorLogWriter writer(GitRepository repository) {
    return new AnchorLogWriter(
        repository, InstantSource.fixed(Instant.EPOCH), Optional.empty(), _ -> List.of());
  }

  /** The message of an anchor of the n-th entry. */
  static String message(int n) {
    return """
        Record OPTR decision: selected

        Optr-Ledger-Entry: %1$s
        Optr-Ledger-Heads: %1$s
        Optr-Ledger-Size: %2$d
        Optr-Ledger-Root: %3$s
        Optr-Ledger-Container: datalake/ledger.jsonl
        """
        .formatted(entry(n), n + 1, "f".repeat(64));
  }

  static String entry(int n) {
    return "%064x".formatted(n);
  }

  /** An anchor of the n-th entry upon a commit. */
  static String anchor(GitRepository repository, String parent, int n) {
    return AnchorCommit.build(
        repository,
        parent,
        Map.of("datalake/ledger.jsonl", Bytes.utf8(n + "\n")),
        message(n),
        "optr",
        "optr@localhost",
        Instant.EPOCH,
        Optional.empty());
  }

  static LoggedAnchor logged(GitRepository repository, String anchor) {
    return LoggedAnchor.of(anchor, repository.message(anchor), null).orElseThrow();
  }

  static AnchorLog read(GitRepository repository, String ref) {
    return AnchorLog.read(new RepositoryLog(repository), repository.resolve(ref).orElseThrow());
  }

  static List<Long> numbers(AnchorLog log) {
    return log.entries().map(LogEntry::number).toList();
  }

  static List<String> commits(AnchorLog log) {
    return log.entries().map(entry -> entry.anchor().commit()).toList();
  }
}
