package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import dev.optr.git.FileChanges;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerFold;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code optr ledger fold}: the files of pull requests into the main file. */
@Command(
    name = "fold",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the lines of datalake/ledger.d/pr-N.jsonl at the end of datalake/ledger.jsonl and"
          + " removes these files, in one commit. Doing it twice changes nothing.",
      "Meant for the default branch; a pull request that is still open keeps its file."
    })
final class LedgerFoldCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(names = "--no-commit", description = "leave the files in the work tree")
  private boolean noCommit;

  LedgerFoldCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    LedgerStore.LedgerPlace place =
        noCommit ? LedgerStore.LedgerPlace.WORK_TREE : LedgerStore.LedgerPlace.BRANCH;
    try (LedgerStore store = LedgerStore.open(host, repository.open(host), place)) {
      List<Container> before = store.containers();
      Verification verified = verify(before);
      if (verified.genesis() == null) {
        throw new UserException("there is no ledger here; 'optr ledger init' starts one");
      }
      LedgerFold fold = LedgerFold.of(before);
      if (fold.folded().isEmpty()) {
        host.out().println("nothing to fold");
      } else {
        verify(List.of(fold.main()));
        say(fold, store.write(changes(fold), message(fold), new KeyFiles(host).signer(null)));
      }
      host.out().flush();
    }
    return ExitCode.OK.code();
  }

  /** What a fold changes; whoever folds elsewhere commits the same. */
  static FileChanges changes(LedgerFold fold) {
    Map<String, Bytes> written = Map.of(fold.main().path(), fold.main().bytes());
    return new FileChanges(written, Set.copyOf(fold.folded()));
  }

  static String message(LedgerFold fold) {
    return "Fold the ledger\n\n%d lines of %d files\n"
        .formatted(fold.lines(), fold.folded().size());
  }

  private Verification verify(List<Container> containers) {
    VerifyOptions options =
        VerifyOptions.standard()
            .allowingTofu()
            .withPinnedGenesis(genesis.pinned(host).orElse(null));
    Verification verification = new LedgerVerifier().verify(containers, options);
    if (!verification.findings().isEmpty()) {
      throw LedgerBrokenException.of(verification.findings());
    }
    return verification;
  }

  private void say(LedgerFold fold, String where) {
    fold.folded().forEach(path -> host.out().println("folded   " + path));
    host.out().println("added    " + fold.lines() + " lines to " + fold.main().path());
    host.out().println("written  " + where);
  }
}
