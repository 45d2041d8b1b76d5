package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.List;

/**
 * Folds the files of pull requests into the main file: what it has not got goes to its end by
 * height, then id; then the others can go. Doing it twice changes nothing.
 *
 * @param main the whole main file
 * @param folded paths of the files that are not needed any more; none = there is nothing to fold
 * @param lines how many the main file got
 */
public record LedgerFold(Container main, List<String> folded, int lines) {
  private static final Bytes NOTHING = Bytes.of(new byte[0]);

  public LedgerFold {
    folded = List.copyOf(folded);
  }

  /**
   * @param containers all ledger files of one commit
   * @throws UserException where a line of one is damaged
   */
  public static LedgerFold of(List<Container> containers) {
    LedgerFiles files = new LedgerFiles(containers);
    Container old =
        files.at(Container.MAIN).orElseGet(() -> new Container(Container.MAIN, NOTHING));
    List<Container> shards =
        Container.inOrder(containers).stream()
            .filter(container -> !container.path().equals(Container.MAIN))
            .toList();
    ContainerLines main = ContainerLines.read(old.path(), old.bytes());
    Container fresh =
        new Container(
            old.path(),
            main.with(
                shards.stream()
                    .map(shard -> ContainerLines.read(shard.path(), shard.bytes()))
                    .toList()));
    int lines = LedgerLines.linesOf(fresh.bytes()).size() - LedgerLines.linesOf(old.bytes()).size();
    return new LedgerFold(fresh, shards.stream().map(Container::path).toList(), lines);
  }
}
