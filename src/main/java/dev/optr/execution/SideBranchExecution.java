package dev.optr.execution;

import dev.optr.git.FileChanges;
import dev.optr.ledger.Container;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the anchor on the side branch: a commit upon the frozen one that no branch of people gets,
 * and then a commit of {@code optr/ledger} that has it as its second parent. The branch that the
 * decision is about never moves, so that this works for forks too.
 */
public final class SideBranchExecution implements Execution {
  private final LedgerBranch branch;
  private final LedgerBranchWriter writer;
  private final List<Container> atFrozen;

  /**
   * @param atFrozen ledger files of the frozen commit, whose lines the side branch takes along:
   *     none where it is a stranger's
   */
  public SideBranchExecution(
      LedgerBranch branch, LedgerBranchWriter writer, List<Container> atFrozen) {
    this.branch = branch;
    this.writer = writer;
    this.atFrozen = List.copyOf(atFrozen);
  }

  @Override
  public Performed perform(Plan plan) throws InterruptedException {
    String anchor =
        branch.make(
            new PlannedCommit(
                Optional.of(plan.parent()),
                FileChanges.writing(plan.files()),
                List.of(plan.parent()),
                plan.message()));
    LedgerWritten written = writer.join(carried(plan), List.of(anchor), message(plan, anchor));
    return switch (written) {
      case LedgerWritten.Moved _ -> new Performed.Anchored(anchor);
      case LedgerWritten.Unchanged _ ->
          throw new IllegalArgumentException("a plan without a new ledger entry");
      case LedgerWritten.Refused(String reason) -> new Performed.Refused(reason);
    };
  }

  private List<Container> carried(Plan plan) {
    List<Container> planned =
        plan.files().entrySet().stream()
            .filter(file -> Container.isLedger(file.getKey()))
            .map(file -> new Container(file.getKey(), file.getValue()))
            .toList();
    return Stream.concat(
            atFrozen.stream()
                .filter(file -> planned.stream().noneMatch(it -> it.path().equals(file.path()))),
            planned.stream())
        .toList();
  }

  private static String message(Plan plan, String anchor) {
    return "Record the anchor of %s\n\nanchor: %s\n".formatted(plan.parent(), anchor);
  }
}
