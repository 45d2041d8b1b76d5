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
 * Puts ledger lines on the side branch: they join those that are there at that moment, in one
 * commit upon it. Where somebody was faster the same lines join what that one left; no entry is
 * made anew, as a ledger may have several heads.
 */
public final class SideBranchWriter {
  private final SideBranchRemote remote;
  private final Function<String, List<Container>> ledgerAt;
  private final Attempts attempts;

  /**
   * @param ledgerAt reads the ledger files of a commit
   */
  public SideBranchWriter(
      SideBranchRemote remote, Function<String, List<Container>> ledgerAt, Attempts attempts) {
    this.remote = remote;
    this.ledgerAt = ledgerAt;
    this.attempts = attempts;
  }

  /** Makes the ledger files of the side branch out of those that are there. */
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
  public SideWritten join(List<Container> files, List<String> furtherParents, String message)
      throws InterruptedException {
    return write(there -> LedgerJoin.of(there, files), furtherParents, message);
  }

  /** See {@link #join}, for a change that may also move lines between files. */
  public SideWritten write(Change change, List<String> furtherParents, String message)
      throws InterruptedException {
    return attempts
        .first(() -> attempt(change, furtherParents, message))
        .orElseGet(
            () ->
                new SideWritten.Refused(
                    "others kept moving %s, %d times in a row"
                        .formatted(SideBranchRemote.BRANCH, Attempts.MOST)));
  }

  /** Empty where it is worth looking again. */
  private Optional<SideWritten> attempt(
      Change change, List<String> furtherParents, String message) {
    Optional<String> tip = remote.tip();
    List<Container> there = tip.map(ledgerAt).orElse(List.of());
    FileChanges changes = changes(there, change.of(there));
    if (changes.isEmpty()) {
      return Optional.of(new SideWritten.Unchanged());
    }
    String base = tip.orElseGet(this::first);
    List<String> parents = new ArrayList<>(List.of(base));
    parents.addAll(furtherParents);
    String commit = remote.make(new SideCommit(Optional.of(base), changes, parents, message));
    return switch (remote.move(tip, commit)) {
      case SideMove.Moved _ -> Optional.of(new SideWritten.Moved(commit));
      case SideMove.Raced _ -> Optional.empty();
      case SideMove.Refused(String reason) -> Optional.of(new SideWritten.Refused(reason));
    };
  }

  /** The branch has a history of its own, so that an anchor is never its first parent. */
  private String first() {
    Map<String, Bytes> files = Map.of(Recorder.ATTRIBUTES.path(), Recorder.ATTRIBUTES.bytes());
    return remote.make(
        new SideCommit(
            Optional.empty(), FileChanges.writing(files), List.of(), "Begin the side branch\n"));
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
