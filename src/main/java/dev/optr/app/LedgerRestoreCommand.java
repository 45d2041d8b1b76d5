package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerRestore;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code optr ledger restore}: writes back what history has and the tip lacks. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Writes back the ledger lines that the history of HEAD has and HEAD lacks, as a commit;"
          + " damaged lines go. 'optr verify' says W_RESTORED afterwards, for it happened.",
      "Needs the whole history: a shallow clone has not got it."
    })
final class LedgerRestoreCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Mixin private final GenesisOption genesis = new GenesisOption();

  LedgerRestoreCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    try (LedgerStore store =
        LedgerStore.open(host, repository.open(host), LedgerStore.LedgerPlace.BRANCH)) {
      restore(store);
      host.out().flush();
    }
    return ExitCode.OK.code();
  }

  private void restore(LedgerStore store) {
    GitRepository git = store.repository();
    if (git.isShallow()) {
      throw new UserException(
          git.gitDirectory()
              + ": is a shallow clone; fetch its history with 'git fetch --unshallow'");
    }
    List<Container> tip = store.containers();
    List<String> commits = git.commitsTouching(store.head(), "datalake");
    LedgerRestore restore = new LedgerRestore(tip, genesis(tip, git, commits));
    commits.forEach(commit -> restore.remember(RunLedger.at(git, commit)));
    List<Container> restored = restore.restored();
    if (restored.isEmpty()) {
      host.out().println("nothing to restore");
      return;
    }
    requireIntact(tip, restored);
    Map<String, Bytes> files = new TreeMap<>();
    restored.forEach(file -> files.put(file.path(), file.bytes()));
    String where =
        store.write(
            FileChanges.writing(files),
            "Restore the ledger\n\n%d entries\n".formatted(restore.missing().size()),
            new KeyFiles(host).signer(null));
    restore.missing().forEach(id -> host.out().println("restored " + id));
    files.keySet().forEach(path -> host.out().println("written  " + path + ", " + where));
  }

  /** The pin, else what is at the tip, else the newest that history has. */
  private String genesis(List<Container> tip, GitRepository git, List<String> commits) {
    return genesis
        .pinned(host)
        .or(() -> LedgerVerifier.genesisOf(tip))
        .or(
            () ->
                commits.stream()
                    .map(commit -> LedgerVerifier.genesisOf(RunLedger.at(git, commit)))
                    .flatMap(Optional::stream)
                    .findFirst())
        .orElseThrow(
            () -> new UserException("neither HEAD nor its history has a ledger to restore"));
  }

  private void requireIntact(List<Container> tip, List<Container> restored) {
    Map<String, Container> files = new TreeMap<>();
    tip.forEach(file -> files.put(file.path(), file));
    restored.forEach(file -> files.put(file.path(), file));
    Verification after =
        new LedgerVerifier()
            .verify(
                List.copyOf(files.values()),
                VerifyOptions.standard()
                    .allowingTofu()
                    .withPinnedGenesis(genesis.pinned(host).orElse(null)));
    if (!after.findings().isEmpty()) {
      throw LedgerBrokenException.of(after.findings());
    }
  }
}
