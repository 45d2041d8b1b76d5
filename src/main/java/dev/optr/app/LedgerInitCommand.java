package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.ledger.LedgerStart;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Signer;
import dev.optr.ledger.SshPublicKey;
import dev.optr.ledger.UnfinishedEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code optr ledger init}: starts a ledger, or the signed one after an unsigned one. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a ledger and prints its genesis id, which is what auditors pin.",
      "With a signing key on an unsigned ledger: archives that one and starts a signed one."
    })
final class LedgerInitCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description =
          "a private key that signs the genesis, '-' for standard input; default: the variable"
              + " OPTR_SIGNING_KEY; without any the ledger is not signed")
  private @Nullable String signingKey;

  @Option(
      names = "--root-key",
      paramLabel = "PUBKEY",
      description =
          "a public key, as text or file, whose holder signs genesis and changes of keys;"
              + " repeatable; default: that of the signing key")
  private List<String> rootKeys = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "N",
      description = "how many root keys must sign; default: the majority")
  private @Nullable Integer threshold;

  @Option(
      names = "--signer",
      paramLabel = "PUBKEY",
      description =
          "a public key that runs sign with; repeatable; default: that of the signing key, where"
              + " no root key is given")
  private List<String> signers = List.of();

  @Option(
      names = "--repository",
      paramLabel = "HOST:ID:NAME",
      description =
          "whom the ledger is about, as github.com:123456789:octo/lake; default: in Actions the"
              + " job's own, else a local one with the directory's name")
  private @Nullable String about;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where a genesis goes that other holders of root keys must still sign")
  private @Nullable Path out;

  @Option(names = "--no-commit", description = "leave the files in the work tree")
  private boolean noCommit;

  LedgerInitCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    KeyFiles keys = new KeyFiles(host);
    Optional<Signer> signer = keys.signer(signingKey);
    List<SshPublicKey> roots =
        rootKeys.isEmpty()
            ? signer.map(Signer::publicKey).stream().toList()
            : rootKeys.stream().map(key -> keys.publicKey("--root-key", key)).toList();
    try (LedgerStore store = LedgerStore.open(host, repository.open(host), place())) {
      LedgerStart start = LedgerStart.of(store.containers(), !roots.isEmpty());
      RepositoryId subject = subject(store, start);
      if (roots.isEmpty()) {
        requireNone(signers.isEmpty() && threshold == null && out == null);
        new StartedLedger(host, store).write(start.unsigned(subject), signer);
        return ExitCode.OK.code();
      }
      UnfinishedEntry genesis =
          UnfinishedEntry.genesis(
              subject, null, roots, threshold(roots.size()), runKeys(keys, signer));
      UnfinishedEntry signed =
          signer
              .filter(key -> roots.contains(key.publicKey()))
              .map(genesis::signedBy)
              .orElse(genesis);
      return finish(store, start, signed, signer);
    }
  }

  private Integer finish(
      LedgerStore store, LedgerStart start, UnfinishedEntry genesis, Optional<Signer> signer) {
    if (genesis.isFinished()) {
      new StartedLedger(host, store).write(start.signed(genesis), signer);
      return ExitCode.OK.code();
    }
    if (out == null) {
      throw new UserException(
          "%d more root keys must sign; write --out FILE, and let their holders sign it with 'optr ledger append-key --sign FILE'"
              .formatted(genesis.missing()));
    }
    new UnfinishedFile(host, out).write(genesis);
    return ExitCode.OK.code();
  }

  private static void requireNone(boolean none) {
    if (!none) {
      throw new UserException(
          "--threshold, --signer and --out are of signed ledgers; give --root-key or --signing-key");
    }
  }

  private List<SshPublicKey> runKeys(KeyFiles keys, Optional<Signer> signer) {
    List<SshPublicKey> given =
        new ArrayList<>(signers.stream().map(key -> keys.publicKey("--signer", key)).toList());
    if (given.isEmpty() && rootKeys.isEmpty()) {
      signer.map(Signer::publicKey).ifPresent(given::add);
    }
    return given;
  }

  private int threshold(int roots) {
    return threshold == null ? roots / 2 + 1 : threshold;
  }

  private LedgerStore.LedgerPlace place() {
    return noCommit ? LedgerStore.LedgerPlace.WORK_TREE : LedgerStore.LedgerPlace.BRANCH;
  }

  private RepositoryId subject(LedgerStore store, LedgerStart start) {
    if (about != null) {
      return RepositoryOption.parse(about);
    }
    return start
        .repository()
        .or(() -> RepositoryOption.ofJob(host.environment()))
        .orElseGet(() -> LocalLedger.repository(store.repository()));
  }
}
