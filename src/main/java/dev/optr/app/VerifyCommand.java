package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.PrettyJson;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.CheckpointMaker;
import dev.optr.ledger.CheckpointVerifier;
import dev.optr.ledger.Code;
import dev.optr.ledger.Container;
import dev.optr.ledger.Content;
import dev.optr.ledger.LedgerCheckpoint;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.TimestampAuthorities;
import dev.optr.ledger.TimestampVerifier;
import dev.optr.ledger.Timestamps;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code optr verify}: checks a ledger, in a repository or as bare files. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks the ledger and the anchors of a repository, or bare ledger files.")
final class VerifyCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "a bare ledger file instead of a repository; repeatable")
  private List<Path> ledgers = List.of();

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(names = "--allow-tofu", description = "take the genesis of a signed ledger on trust")
  private boolean allowTofu;

  @Option(names = "--links", description = "check the signatures of heads, keys and genesis only")
  private boolean links;

  @Option(names = "--full", description = "check every signature; the default")
  private boolean full;

  @Option(names = "--head", paramLabel = "ID", description = "an entry that must still be there")
  private @Nullable String head;

  @Option(names = "--size", paramLabel = "N", description = "how many entries there were at least")
  private long size;

  @Option(
      names = "--since",
      paramLabel = "ID",
      description =
          "an entry that was verified before: signatures of what it covers are not checked again")
  private @Nullable String since;

  @Option(
      names = "--anchor",
      paramLabel = "SHA",
      description = "an anchor commit (or tip of the anchor log) that must still be there")
  private @Nullable String anchor;

  @Option(names = "--strict", description = "files that differ from what was recorded are errors")
  private boolean strict;

  @Option(
      names = "--no-remember",
      description =
          "neither compare with what this machine saw last, nor remember what it sees now")
  private boolean forget;

  @Option(
      names = "--tsa-ca",
      paramLabel = "FILE",
      description = "certificates (PEM) of the authorities whose time stamps you believe")
  private @Nullable Path authorities;

  @Option(
      names = "--deployable",
      paramLabel = "SHA",
      description =
          "a commit that is to be deployed: exit 0 only where an intact entry vouches for its tree")
  private @Nullable String deployable;

  @Option(names = "--json", description = "one JSON document on standard output")
  private boolean json;

  VerifyCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    refuseContradictions();
    long started = System.nanoTime();
    VerifyReport report = ledgers.isEmpty() ? ofRepository() : ofFiles();
    host.out()
        .print(
            json
                ? PrettyJson.text(report.document())
                : report.text(Duration.ofNanos(System.nanoTime() - started)));
    host.out().flush();
    return report.exit().code();
  }

  private void refuseContradictions() {
    if (links && full) {
      throw new UserException("--links and --full exclude each other; write one of them");
    }
    if (repository.isGiven() && !ledgers.isEmpty()) {
      throw new UserException("--repo and --ledger exclude each other; write one of them");
    }
    if (!ledgers.isEmpty() && (anchor != null || strict || deployable != null)) {
      throw new UserException(
          "--anchor, --strict and --deployable need a repository; leave out --ledger");
    }
  }

  private VerifyReport ofFiles() {
    List<Container> containers = new ArrayList<>();
    for (Path file : ledgers) {
      containers.add(new Container(file.toString(), content(host.directory().resolve(file))));
    }
    KeptCheckpoints kept = new KeptCheckpoints(host);
    Optional<CheckpointVerifier.Continuation> continued =
        remembered(kept).flatMap(it -> new CheckpointVerifier(it).verify(containers, options()));
    return continued.isPresent()
        ? VerifyReport.ofFiles(continued.get(), containers.size(), options())
        : ofWholeFiles(containers, kept);
  }

  private Optional<LedgerCheckpoint> remembered(KeptCheckpoints kept) {
    boolean isOfUse = !forget && since != null && authorities == null;
    return isOfUse ? genesis.pinned(host).flatMap(kept::of) : Optional.empty();
  }

  private VerifyReport ofWholeFiles(List<Container> containers, KeptCheckpoints kept) {
    Optional<CheckpointMaker> checkpoint =
        !forget && !links && since == null && kept.isWorth(containers)
            ? Optional.of(new CheckpointMaker(containers))
            : Optional.empty();
    Verification found = new LedgerVerifier().verify(containers, options());
    checkpoint.flatMap(it -> it.after(found, options())).ifPresent(kept::keep);
    Timestamps timestamps = timestamps(found);
    return VerifyReport.ofFiles(found.with(timestamps.findings()), containers.size(), options())
        .with(timestamps);
  }

  private VerifyReport ofRepository() {
    try (GitRepository git = repository.open(host)) {
      RepositoryVerification verification = RepositoryVerification.ofHead(git, options());
      Memories memories = new Memories(host, git, verification.state(), anchor, !forget);
      Verification found = verification.verify(memories).with(verification.workTreeDrift());
      Timestamps timestamps = timestamps(found);
      Verification stamped = found.with(timestamps.findings());
      Verification held = strict ? stamped.strict(Code.W_DRIFT) : stamped;
      memories.remember(held);
      VerifyReport report =
          VerifyReport.ofRepository(
                  held,
                  verification.containers(),
                  verification.logs(),
                  options(),
                  memories.sources())
              .with(timestamps);
      return deployable == null
          ? report
          : report.with(asked(git, deployable, verification.state().head(), held));
    }
  }

  /** A ledger that is not intact vouches for nothing. */
  private Deployable asked(
      GitRepository git, String commit, String head, Verification verification) {
    return verification.result() == Verification.Result.OK
        ? new DeployableCommit(git, host.temporary()).check(commit, head, verification)
        : new Deployable.Unknown(commit, "the ledger was not found intact");
  }

  private Timestamps timestamps(Verification verification) {
    return new TimestampVerifier(Optional.ofNullable(authorities).map(this::authorities))
        .verify(verification);
  }

  private TimestampAuthorities authorities(Path file) {
    String where = "--tsa-ca: " + file;
    try {
      return TimestampAuthorities.of(
          Bytes.of(Files.readAllBytes(host.directory().resolve(file))), where);
    } catch (IOException e) {
      throw new UserException(where + ": cannot be read; name a file with certificates in PEM");
    }
  }

  /** The ledger at HEAD, with its anchors and its history. */
  static Verification verify(GitRepository git, VerifyOptions options) {
    RepositoryVerification verification = RepositoryVerification.ofHead(git, options);
    return verification.verify(_ -> List.of()).with(verification.workTreeDrift());
  }

  /** The ledger at a commit, read from objects, with its anchors and its history. */
  static Verification verify(GitRepository git, String commit, VerifyOptions options) {
    return RepositoryVerification.of(git, commit, options).verify(_ -> List.of());
  }

  private VerifyOptions options() {
    VerifyOptions options =
        VerifyOptions.standard()
            .withPinnedGenesis(genesis.pinned(host).orElse(null))
            .expecting(head, size)
            .since(since)
            .checking(links ? VerifyOptions.Signatures.LINKS : VerifyOptions.Signatures.FULL);
    return allowTofu ? options.allowingTofu() : options;
  }

  /** A pipe has no positions to read at, so it is held in memory. */
  static Content content(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Content.OnDisk.of(file)
          : new Content.InMemory(Bytes.of(Files.readAllBytes(file)));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new UserException("--ledger: there is no file " + file);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }
}
