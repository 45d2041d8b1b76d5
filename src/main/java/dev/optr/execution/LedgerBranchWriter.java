package dev.optr.execution;

import dev.optr.base.Bytes;
import dev.optr.git.FileChanges;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerJoin;
import dev.optr.record.Recorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes ledger lines to a branch: they join those that are there at that moment, in one commit
 * upon it. Where somebody was faster the same lines join what that one left; no entry is made anew,
 * as a ledger may have several heads.
 */
public final class LedgerBranchWriter {
  private final LedgerBranch branch;
  private final Function<String, List<Container>> ledgerAt;
  private final Attempts attempts;

  /**
   * @param ledgerAt reads the ledger files of a commit
   */
  public LedgerBranchWriter(
      LedgerBranch branch, Function<String, List<Container>> ledgerAt, Attempts attempts) {
    this.branch = branch;
    this.ledgerAt = ledgerAt;
    this.attempts = attempts;
  }

  /** Makes the ledger files of the branch out of those that are there; asked at each attempt. */
  @FunctionalInterface
  public interface Change {
    List<Container> of(List<Container> there);
  }

  /**
   * Joins lines.
   *
   * @param files ledger files that hold, with those of the branch, the parents of all their lines
   * @param furtherParents commits that the branch shall keep reachable
   */
  public LedgerWritten join(List<Container> files, List<String> furtherParents, String message)
      throws InterruptedException {
    return write(there -> LedgerJoin.of(there, files), furtherParents, message);
  }

  /** See {@link #join}, for a change that may also move lines between files. */
  public LedgerWritten write(Change change, List<String> furtherParents, String message)
      throws InterruptedException {
    return attempts
        .first(() -> attempt(change, furtherParents, message))
        .orElseGet(
            () ->
                new LedgerWritten.Refused(
                    "others kept moving %s, %d times in a row"
                        .formatted(branch.name(), Attempts.MOST)));
  }

  /** Empty where it is worth looking again. */
  private Optional<LedgerWritten> attempt(
      Change change, List<String> furtherParents, String message) {
    Optional<String> tip = branch.tip();
    List<Container> there = tip.map(ledgerAt).orElse(List.of());
    FileChanges changes = changes(there, change.of(there));
    if (changes.isEmpty()) {
      return Optional.of(new LedgerWritten.Unchanged());
    }
    String base = tip.orElseGet(this::first);
    List<String> parents = new ArrayList<>(List.of(base));
    parents.addAll(furtherParents);
    String commit = branch.make(new PlannedCommit(Optional.of(base), changes, parents, message));
    return switch (branch.move(tip, commit)) {
      case LedgerBranchMove.Moved _ -> Optional.of(new LedgerWritten.Moved(commit));
      case LedgerBranchMove.Raced _ -> Optional.empty();
      case LedgerBranchMove.Refused(String reason) ->
          Optional.of(new LedgerWritten.Refused(reason));
    };
  }

  /** A new branch has a history of its own, so that an anchor is never its first parent. */
  private String first() {
    Map<String, Bytes> files = Map.of(Recorder.ATTRIBUTES.path(), Recorder.ATTRIBUTES.bytes());
    return branch.make(
        new PlannedCommit(
            Optional.empty(),
            FileChanges.writing(files),
            List.of(),
            "Begin the branch of the ledger\n"));
  }

  private static FileChanges changes(List<Container> before, List<Container> after) {
    Map<String, Bytes> old = contents(before);
    Map<String, Bytes> written = new HashMap<>(contents(after));
    written.values().removeIf(bytes -> bytes.size() == 0);
    Set<String> deleted =
        old.keySet().stream()
            .filter(path -> !written.containsKey(path))
            .collect(Collectors.toUnmodifiableSet());
    written.entrySet().removeIf(file -> file.getValue().equals(old.get(file.getKey())));
    return new FileChanges(written, deleted);
  }

  private static Map<String, Bytes> contents(List<Container> files) {
    return files.stream().collect(Collectors.toMap(Container::path, Container::bytes));
  }
}
