package dev.optr.bench;

import dev.optr.base.Digest;
import dev.optr.ledger.AppendResult;
import dev.optr.ledger.Container;
import dev.optr.ledger.Content;
import dev.optr.ledger.Decision;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.RunEvent;
import dev.optr.ledger.Signer;
import dev.optr.ledger.Tool;
import dev.optr.ledger.VerifiedLedger;
import dev.optr.ledger.WorkflowRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Times what one more entry costs, once its ledger is verified. */
final class LedgerAppends {
  private static final RepositoryId REPOSITORY =
      new RepositoryId("github.com", 123456789, "octo/datalake");
  private static final PullRequestRef PULL_REQUEST =
      new PullRequestRef(7, "main", "b".repeat(40), "a".repeat(40));
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final int APPENDS = 2000;

  private final LedgerAppender appender;

  LedgerAppends(Signer signer) {
    this.appender =
        new LedgerAppender(
            new LedgerVerifier(), Layout.PER_PR, Optional.of(signer), Optional.empty());
  }

  /** Median of many appends to one ledger, each to the ledger as the file has it. */
  double seconds(Path file) throws IOException {
    List<Container> containers = List.of(new Container(Container.MAIN, Content.OnDisk.of(file)));
    VerifiedLedger ledger = appender.open(containers, List.of(), REPOSITORY, null, PULL_REQUEST);
    long[] nanoseconds = new long[APPENDS];
    for (int run = 0; run < APPENDS; run++) {
      long start = System.nanoTime();
      AppendResult result = appender.append(ledger, event(run + 1), NOW);
      nanoseconds[run] = System.nanoTime() - start;
      if (!(result instanceof Receipt)) {
        throw new IllegalStateException("refused: " + result);
      }
    }
    Arrays.sort(nanoseconds);
    return nanoseconds[APPENDS / 2] / 1e9;
  }

  private static RunEvent event(long run) {
    String digest = Digest.sha256(new byte[] {1});
    String tree = "1".repeat(40);
    return new RunEvent(
        REPOSITORY,
        null,
        PULL_REQUEST,
        new WorkflowRun(run, 1, "pull_request", ".github/workflows/optr.yml", "octo-user"),
        new Decision(
            digest,
            List.of(new Decision.Lane("claude", "proposed", tree)),
            "selected",
            digest,
            "claude",
            "select_optr",
            tree),
        List.of(),
        List.of(),
        new Tool("optr", "0.1.0"));
  }
}
