package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.git.FileChanges;
import dev.optr.ledger.AppendResult;
import dev.optr.ledger.Body;
import dev.optr.ledger.Code;
import dev.optr.ledger.Container;
import dev.optr.ledger.KeyAppender;
import dev.optr.ledger.LedgerStart;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.Signer;
import dev.optr.ledger.SshPublicKey;
import dev.optr.ledger.UnfinishedEntry;
import dev.optr.ledger.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code optr ledger append-key}: adds and revokes run keys, signed by root keys in turn. */
@Command(
    name = "append-key",
    mixinStandardHelpOptions = true,
    description = {
      "Adds and revokes keys that runs sign with; root keys sign the change.",
      "Where several must sign, --out writes the unfinished entry, and each further holder signs"
          + " it with --sign; the last signature puts it into the ledger."
    })
final class LedgerAppendKeyCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--add",
      paramLabel = "PUBKEY",
      description = "a public key, as text or file; repeatable")
  private List<String> add = List.of();

  @Option(
      names = "--revoke",
      paramLabel = "KEY[@ID,ID]",
      description =
          "the fingerprint of a key, and the entries up to which it still counts; default: all of"
              + " now; repeatable")
  private List<String> revoke = List.of();

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description =
          "the private root key, '-' for standard input; default: the variable OPTR_SIGNING_KEY")
  private @Nullable String signingKey;

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where an entry goes that other holders of root keys must still sign")
  private @Nullable Path out;

  @Option(
      names = "--sign",
      paramLabel = "FILE",
      description = "an unfinished entry to sign, a change of keys or a genesis")
  private @Nullable Path sign;

  @Option(names = "--no-commit", description = "leave the files in the work tree")
  private boolean noCommit;

  LedgerAppendKeyCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    if (sign != null && !(add.isEmpty() && revoke.isEmpty())) {
      throw new UserException("--sign excludes --add and --revoke: it signs what the file says");
    }
    Signer signer =
        new KeyFiles(host)
            .signer(signingKey)
            .orElseThrow(
                () -> new UserException("--signing-key FILE is missing: which root key signs?"));
    try (LedgerStore store = LedgerStore.open(host, repository.open(host), place())) {
      KeyAppender keys =
          new KeyAppender(new LedgerVerifier(), store.containers(), genesis.pinned(host));
      UnfinishedEntry entry = sign == null ? prepared(keys) : keys.parse(file(sign).read());
      if (!keys.before().findings().isEmpty() && entry.entry().body() instanceof Body.Key) {
        throw LedgerBrokenException.of(keys.before().findings());
      }
      UnfinishedEntry signed = entry.signedBy(signer);
      if (signed.isFinished()) {
        finish(store, keys, signed, signer);
      } else {
        file(target(signed)).write(signed);
      }
    }
    return ExitCode.OK.code();
  }

  private UnfinishedEntry prepared(KeyAppender keys) {
    if (!keys.before().findings().isEmpty()) {
      throw LedgerBrokenException.of(keys.before().findings());
    }
    KeyFiles files = new KeyFiles(host);
    List<SshPublicKey> added = add.stream().map(key -> files.publicKey("--add", key)).toList();
    return keys.prepare(
        added,
        revoke.stream().map(LedgerAppendKeyCommand::revocation).toList(),
        host.clock().instant());
  }

  private static KeyAppender.Revoke revocation(String option) {
    int at = option.indexOf('@');
    return at < 0
        ? new KeyAppender.Revoke(option, List.of())
        : new KeyAppender.Revoke(
            option.substring(0, at), List.of(option.substring(at + 1).split(",", -1)));
  }

  private Path target(UnfinishedEntry entry) {
    Path target = out == null ? sign : out;
    if (target == null) {
      throw new UserException(
          "%d more root keys must sign; write --out FILE, and let their holders sign it with 'optr ledger append-key --sign FILE'"
              .formatted(entry.missing()));
    }
    return target;
  }

  private UnfinishedFile file(Path path) {
    return new UnfinishedFile(host, path);
  }

  private void finish(
      LedgerStore store, KeyAppender keys, UnfinishedEntry finished, Signer signer) {
    if (finished.entry().body() instanceof Body.Genesis) {
      LedgerStart start = LedgerStart.of(store.containers(), true);
      UnfinishedFile.describe(host, finished);
      new StartedLedger(host, store).write(start.signed(finished), Optional.of(signer));
      return;
    }
    Receipt receipt = receipt(keys.append(finished));
    String where =
        store.write(
            FileChanges.writing(Map.of(Container.MAIN, receipt.containerBytes())),
            "Change the keys of the ledger\n\nentry " + receipt.entryId() + "\n",
            Optional.of(signer));
    UnfinishedFile.describe(host, finished);
    host.out().println("written  " + Container.MAIN + ", " + where);
    host.out().flush();
  }

  private static Receipt receipt(AppendResult result) {
    return switch (result) {
      case Receipt receipt -> receipt;
      case AppendResult.Refused(Verification verification) -> throw refused(verification);
    };
  }

  private static RuntimeException refused(Verification verification) {
    boolean revoked =
        verification.findings().stream().allMatch(finding -> finding.code() == Code.E_KEY_REVOKED);
    return revoked
        ? new UserException(
            "the key has signed %d entries that the revocation leaves out, and they would count no more; name them in KEY@ID,ID and prepare the entry anew"
                .formatted(verification.findings().size()))
        : LedgerBrokenException.of(verification.findings());
  }

  private LedgerStore.LedgerPlace place() {
    return noCommit ? LedgerStore.LedgerPlace.WORK_TREE : LedgerStore.LedgerPlace.BRANCH;
  }
}
