package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.execution.ExecutedPlan;
import dev.optr.execution.SelectedPath;
import dev.optr.git.AnchorCommit;
import dev.optr.git.Change;
import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import dev.optr.git.RawCommit;
import dev.optr.ledger.ExecutionEvent;
import dev.optr.ledger.LedgerEvent;
import dev.optr.ledger.OutcomeEvent;
import dev.optr.ledger.Receipt;
import dev.optr.record.Document;
import dev.optr.record.ExecutionComplete;
import dev.optr.record.Recorder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans executed commits, and commits that revert them: nothing that a branch leads to is made. */
final class ExecutionPlanner {
  private final GitRepository repository;
  private final ExecutionLedger ledger;
  private final InstantSource clock;

  ExecutionPlanner(GitRepository repository, ExecutionLedger ledger, InstantSource clock) {
    this.repository = repository;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The selected tree upon the head, with the head's datalake, one document and one line. */
  ExecutedPlan execute(SelectedPath path) {
    Instant now = clock.instant();
    Receipt receipt = ledger.append(execution(path), now);
    Document complete = complete(path, receipt, now);
    Map<String, Bytes> ours = new HashMap<>();
    if (repository.file(path.head(), Recorder.ATTRIBUTES.path()).isEmpty()) {
      ours.put(Recorder.ATTRIBUTES.path(), Recorder.ATTRIBUTES.bytes());
    }
    ours.put(complete.path(), complete.bytes());
    ours.put(receipt.containerPath(), receipt.containerBytes());
    FileChanges changes = files(path.changes(), ours);
    String message =
        "Execute OPTR decision: %s\n\n%sOptr-Executed-Entry: %s\n"
            .formatted(path.agent(), receipt.trailers(), path.entry());
    return new ExecutedPlan(
        path.head(),
        changes,
        message,
        tree(path.head(), changes, path.tree(), now),
        path.entry(),
        path.agent());
  }

  /**
   * The tree as it was before the execution upon the executed commit, with that one's datalake and
   * one line.
   *
   * @param changes what leads from the executed tree to {@code tree}
   */
  ExecutedPlan revert(
      String executed, String runEntry, String agent, String tree, List<Change> changes) {
    Instant now = clock.instant();
    RunIdentity identity = ledger.identity();
    LedgerEvent event =
        new OutcomeEvent(
            identity.repository(),
            identity.pullRequest(),
            identity.run(),
            runEntry,
            "reverted",
            null,
            RunLedger.tool());
    Receipt receipt = ledger.append(event, now);
    FileChanges files = files(changes, Map.of(receipt.containerPath(), receipt.containerBytes()));
    String message =
        "Revert OPTR execution: %s\n\n%sOptr-Reverted-Commit: %s\n"
            .formatted(agent, receipt.trailers(), executed);
    return new ExecutedPlan(
        executed, files, message, tree(executed, files, tree, now), runEntry, agent);
  }

  private ExecutionEvent execution(SelectedPath path) {
    RunIdentity identity = ledger.identity();
    return new ExecutionEvent(
        identity.repository(),
        identity.pullRequest(),
        identity.run(),
        path.entry(),
        path.head(),
        path.tree(),
        RunLedger.tool());
  }

  private Document complete(SelectedPath path, Receipt receipt, Instant now) {
    return new ExecutionComplete(
            path.entry(),
            receipt.entryId(),
            path.anchor(),
            path.head(),
            path.agent(),
            path.tree(),
            path.grounds().patchSha256(),
            path.grounds().input(),
            path.grounds().policy(),
            path.grounds().held(),
            ledger.identity().run(),
            now)
        .document(path.documents());
  }

  private static FileChanges files(List<Change> changes, Map<String, Bytes> ours) {
    Map<String, Bytes> written = new HashMap<>(ours);
    Set<String> deleted = new HashSet<>();
    Set<String> executable = new HashSet<>();
    for (Change change : changes) {
      Optional.ofNullable(change.from()).ifPresent(deleted::add);
      if (change.mode() == null) {
        deleted.add(change.path());
      } else {
        written.put(change.path(), change.bytes());
        if (change.mode().equals("100755")) {
          executable.add(change.path());
        }
      }
    }
    // Where two files changed places, each is also the place that the other one came from.
    deleted.removeAll(written.keySet());
    return new FileChanges(written, deleted, executable);
  }

  /** Id of the tree that comes out, which without datalake must be the given one. */
  private String tree(String parent, FileChanges changes, String expected, Instant now) {
    String trial = AnchorCommit.build(repository, parent, changes, "trial", now, Optional.empty());
    String found = repository.treeWithoutDatalake(trial);
    if (!found.equals(expected)) {
      throw ServiceException.lasting(
          "the changes upon %s give tree %s instead of %s".formatted(parent, found, expected));
    }
    return RawCommit.read(repository, trial).orElseThrow().tree();
  }
}
