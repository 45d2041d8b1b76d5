package dev.optr.app;

import dev.optr.base.Checkpoint;
import dev.optr.bench.ToolboxBench;
import dev.optr.git.GitRepository;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times the append-only rule, and verification as a whole, over long histories. */
public final class HistoryBench {
  private static final double LIMIT = 10;

  private final Path directory;

  private HistoryBench(Path directory) {
    this.directory = directory;
  }

  /** Takes the numbers of commits with layout per-pr and single; 10,000 and 2,000 by default. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int perPr = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int single = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
    Path directory = Files.createTempDirectory("history-bench");
    try {
      HistoryBench bench = new HistoryBench(directory);
      System.out.printf("%d processors%n", Runtime.getRuntime().availableProcessors());
      if (perPr > 0) {
        bench.measure("per-pr", ledger -> ledger.perPullRequest(perPr));
      }
      if (single > 0) {
        bench.measure("single", ledger -> ledger.single(single));
      }
    } finally {
      ToolboxBench.remove(directory);
    }
  }

  private interface Generation {
    int of(GeneratedLedger ledger) throws IOException;
  }

  private void measure(String layout, Generation generation)
      throws IOException, InterruptedException {
    Path bare = Files.createDirectories(directory.resolve(layout));
    git(bare, "init", "-q", "--bare", "-b", "main", ".");
    int commits;
    try (GeneratedLedger ledger = new GeneratedLedger(bare)) {
      commits = generation.of(ledger);
    }
    git(bare, "update-ref", "-d", "refs/heads/anchors");
    System.out.printf(Locale.ROOT, "layout %s: %,d commits touch datalake/%n", layout, commits);
    compare("as imported", bare);
    git(bare, "repack", "-q", "-a", "-d", "-f");
    git(bare, "commit-graph", "write", "--reachable");
    compare("repacked by git", bare);
  }

  private void compare(String state, Path bare) throws IOException, InterruptedException {
    double walk = git(bare, "rev-list", "--objects", "main");
    double log = git(bare, "log", "--stat", "main", "--", "datalake/ledger.jsonl");
    long processor = processorTime();
    double rule = rule(bare);
    System.out.printf(
        Locale.ROOT,
        "  %-16s append-only rule %.2f s (limit %.0f s; %.2f s of processor time);"
            + " git rev-list --objects %.2f s, ratio %.1f;"
            + " git log --stat of the main file %.2f s, ratio %.2f%n",
        state,
        rule,
        LIMIT,
        (processorTime() - processor) / 1e9,
        walk,
        rule / walk,
        log,
        rule / log);
    System.out.printf(Locale.ROOT, "  %-16s optr verify as a whole %.2f s%n", state, whole(bare));
  }

  private static long processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private static double rule(Path bare) {
    long start = System.nanoTime();
    try (GitRepository repository = GitRepository.open(bare, Checkpoint.NONE)) {
      VerifiedState state = VerifiedState.of(repository, repository.resolve("main").orElseThrow());
      try (GitHistory history = new GitHistory(repository, state)) {
        String genesis = new OldestGenesis(repository, state, history).find().orElseThrow();
        if (!LedgerPast.read(history, genesis).isGrowthAlone()) {
          throw new IllegalStateException("the generated history breaks the rule");
        }
      }
    }
    return seconds(start);
  }

  private static double whole(Path bare) {
    long start = System.nanoTime();
    try (GitRepository repository = GitRepository.open(bare, Checkpoint.NONE)) {
      Verification verification = VerifyCommand.verify(repository, VerifyOptions.standard());
      if (verification.result() != Verification.Result.OK) {
        throw new IllegalStateException(verification.findings().toString());
      }
    }
    return seconds(start);
  }

  private static double git(Path directory, String... arguments)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    int exit =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException(command + " ended with " + exit);
    }
    return seconds(start);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
