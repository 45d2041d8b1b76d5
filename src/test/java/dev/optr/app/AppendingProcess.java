package dev.optr.app;

import dev.optr.base.Checkpoint;
import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AppendResult;
import dev.optr.ledger.Container;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.RepositoryId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that appends entries to the ledger of a work tree, one after another, and says each one
 * when it is there. Started again it goes on: an entry of its that is there is only said.
 */
public final class AppendingProcess {
  private AppendingProcess() {}

  /**
   * @param arguments the repository, the first run id, how many
   */
  public static void main(String[] arguments) {
    Path repository = Path.of(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    Host host =
        new Host(Map.of(), System.out, System.err, Clock.systemUTC(), repository, Checkpoint.NONE);
    for (long id = first; id < first + Long.parseLong(arguments[2]); id++) {
      append(host, id);
      System.out.println("appended " + id);
      System.out.flush();
    }
  }

  private static void append(Host host, long id) {
    try (LedgerStore store =
        LedgerStore.open(
            host,
            GitRepository.open(host.directory(), host.checkpoint()),
            LedgerStore.LedgerPlace.WORK_TREE)) {
      List<Container> before = store.containers();
      if (before.stream().anyMatch(file -> file.bytes().utf8().contains("\"id\":" + id + ","))) {
        return;
      }
      LedgerAppender appender =
          new LedgerAppender(
              new LedgerVerifier(), Layout.SINGLE, Optional.empty(), Optional.empty());
      AppendResult result =
          appender.append(
              before,
              List.of(),
              SampleEvents.run(RepositoryId.local("lake"), null, id, Map.of()),
              host.clock().instant());
      switch (result) {
        case Receipt receipt ->
            store.write(
                FileChanges.writing(Map.of(receipt.containerPath(), receipt.containerBytes())),
                "Append",
                Optional.empty());
        case AppendResult.Refused refused ->
            throw new IllegalStateException(String.valueOf(refused.verification().findings()));
      }
    }
  }
}
