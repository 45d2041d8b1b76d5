package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerKeys;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code optr ledger keys}: the keys of a ledger, for people or for ssh-keygen and git. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the keys of a ledger: role, fingerprint, the entry that added it, the one that"
          + " revoked it.",
      "With --allowed-signers: the file that 'ssh-keygen -Y verify' and git"
          + " (gpg.ssh.allowedSignersFile) take. It knows no revocation that keeps older entries,"
          + " so it has every key, and 'optr verify' decides which entry a revoked one counts for."
    })
final class LedgerKeysCommand implements Callable<Integer> {
  private static final String NAMESPACES = "namespaces=\"optr-ledger-entry@v1,git\"";

  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "a bare ledger file instead of a repository; repeatable")
  private List<Path> ledgers = List.of();

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(names = "--allowed-signers", description = "print an allowed signers file")
  private boolean allowedSigners;

  LedgerKeysCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    if (repository.isGiven() && !ledgers.isEmpty()) {
      throw new UserException("--repo and --ledger exclude each other; write one of them");
    }
    VerifyOptions options =
        VerifyOptions.standard()
            .allowingTofu()
            .withPinnedGenesis(genesis.pinned(host).orElse(null));
    Verification verification = new LedgerVerifier().verify(containers(), options);
    if (!verification.findings().isEmpty()) {
      throw LedgerBrokenException.of(verification.findings());
    }
    if (verification.genesis() == null) {
      throw new UserException("there is no ledger here; 'optr ledger init' starts one");
    }
    LedgerKeys keys = LedgerKeys.of(verification);
    keys.keys().forEach(key -> host.out().println(allowedSigners ? signer(key) : line(key)));
    if (keys.keys().isEmpty()) {
      host.err().println("optr: the ledger is not signed, so it has no keys");
    }
    host.out().flush();
    return ExitCode.OK.code();
  }

  private static String line(LedgerKeys.Known known) {
    String revoked = known.revokedBy() == null ? "active" : "revoked by " + known.revokedBy();
    return "%-4s %s since %s %s"
        .formatted(known.role().text(), known.key().fingerprint(), known.since(), revoked);
  }

  /** Principal, options, key; the fingerprint is the one name that a ledger gives a key. */
  private static String signer(LedgerKeys.Known known) {
    String line = "%s %s %s".formatted(known.key().fingerprint(), NAMESPACES, known.key().line());
    return known.isRevoked() ? "# revoked by " + known.revokedBy() + ":\n" + line : line;
  }

  private List<Container> containers() {
    if (ledgers.isEmpty()) {
      try (GitRepository git = repository.open(host)) {
        return RunLedger.at(git, LedgerStore.head(git));
      }
    }
    List<Container> containers = new ArrayList<>();
    for (Path file : ledgers) {
      containers.add(new Container(file.toString(), read(host.directory().resolve(file))));
    }
    return containers;
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      throw new UserException(file + ": there is no such file");
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }
}
