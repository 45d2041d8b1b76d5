package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import dev.optr.execution.PlannedCommit;
import dev.optr.git.BranchMerge;
import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerMerge;
import dev.optr.ledger.Verification;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A merge of the default branch into another one where they conflict in the main file of the ledger
 * and nowhere else. To the default branch the ledger is an append: its file goes first, byte for
 * byte, and stays so when the branch is merged.
 */
final class RefreshedHead {
  private final ServedLedger ledger;
  private final String defaultBranch;
  private final String tip;

  /**
   * @param defaultBranch its short name
   * @param tip the commit that it is on
   */
  RefreshedHead(ServedLedger ledger, String defaultBranch, String tip) {
    this.ledger = ledger;
    this.defaultBranch = defaultBranch;
    this.tip = tip;
  }

  /** What is to be done with a branch. */
  sealed interface Result {
    /**
     * @param tree id of the tree that the commit must have
     */
    record Planned(PlannedCommit commit, String tree) implements Result {}

    /** The two do not conflict in the ledger. */
    record NotNeeded() implements Result {}

    /** Somebody has to do it by hand. */
    record Left(String reason) implements Result {}
  }

  /**
   * @param branch its short name
   * @param head the commit that it is on
   */
  Result of(String branch, String head) {
    Optional<String> common = repository().mergeBase(tip, head);
    if (common.isEmpty()) {
      return new Result.Left("it has no commit in common with '%s'".formatted(defaultBranch));
    }
    Optional<Bytes> before = main(common.get());
    Optional<Bytes> there = main(tip);
    Optional<Bytes> own = main(head);
    boolean conflicts =
        there.isPresent()
            && own.isPresent()
            && !there.equals(before)
            && !own.equals(before)
            && !own.equals(there);
    if (!conflicts) {
      return new Result.NotNeeded();
    }
    try {
      return planned(
          branch, head, merged(before.orElseGet(() -> Bytes.utf8("")), there.get(), own.get()));
    } catch (UserException damaged) {
      return new Result.Left(String.join("; ", damaged.messages()));
    } catch (LedgerBrokenException broken) {
      return new Result.Left(String.valueOf(broken.getMessage()));
    }
  }

  private Bytes merged(Bytes before, Bytes there, Bytes own) {
    return LedgerMerge.merge(
        new LedgerMerge.Version("the common commit's ledger", before),
        new LedgerMerge.Version("the ledger of '%s'".formatted(defaultBranch), there),
        new LedgerMerge.Version("the branch's ledger", own));
  }

  private Result planned(String branch, String head, Bytes main) {
    return switch (BranchMerge.of(repository(), head, tip, Map.of(Container.MAIN, main))) {
      case BranchMerge.Result.Left(String reason) -> new Result.Left(reason);
      case BranchMerge.Result.Merged(String tree, FileChanges changes) -> {
        requireWhole(head, changes);
        yield new Result.Planned(
            new PlannedCommit(
                Optional.of(tip),
                changes,
                List.of(head, tip),
                "Merge '%s' into '%s'\n\nThe lines of both ledgers are joined; nothing else conflicted.\n"
                    .formatted(defaultBranch, branch)),
            tree);
      }
    };
  }

  /**
   * The merged ledger is intact, lacks no line of either side, and begins as the default branch's.
   */
  private void requireWhole(String head, FileChanges changes) {
    List<Container> atTip = RunLedger.at(repository(), tip);
    List<Container> merged = changed(atTip, changes);
    Verification _ = ledger.verified(merged);
    for (List<Container> side : List.of(atTip, RunLedger.at(repository(), head))) {
      if (!Set.copyOf(RunLedger.joined(merged, side)).equals(new HashSet<>(merged))) {
        throw new LedgerBrokenException("the branch takes ledger lines away");
      }
    }
    if (!startsWith(main(merged), main(atTip))) {
      throw new LedgerBrokenException("the branch changes lines of " + Container.MAIN);
    }
  }

  private static List<Container> changed(List<Container> files, FileChanges changes) {
    Map<String, Container> changed = new TreeMap<>();
    files.forEach(file -> changed.put(file.path(), file));
    changes.deleted().forEach(changed::remove);
    changes
        .written()
        .forEach(
            (path, bytes) -> {
              if (Container.isLedger(path)) {
                changed.put(path, new Container(path, bytes));
              }
            });
    return List.copyOf(changed.values());
  }

  private static byte[] main(List<Container> files) {
    return files.stream()
        .filter(file -> file.path().equals(Container.MAIN))
        .findFirst()
        .map(file -> file.bytes().toArray())
        .orElse(new byte[0]);
  }

  private static boolean startsWith(byte[] whole, byte[] prefix) {
    return whole.length >= prefix.length
        && Arrays.equals(whole, 0, prefix.length, prefix, 0, prefix.length);
  }

  private Optional<Bytes> main(String commit) {
    return repository().file(commit, Container.MAIN);
  }

  private GitRepository repository() {
    return ledger.repository();
  }
}
