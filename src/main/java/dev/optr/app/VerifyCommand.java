package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.PrettyJson;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorVerifier;
import dev.optr.ledger.Container;
import dev.optr.ledger.Content;
import dev.optr.ledger.DriftVerifier;
import dev.optr.ledger.HistoryVerifier;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code optr verify}: checks a ledger, in a repository or as bare files. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks the ledger and the anchors of a repository, or bare ledger files.")
final class VerifyCommand implements Callable<Integer> {
  private final Host host;

  @Option(
      names = "--repo",
      paramLabel = "DIR",
      description = "the repository; default: the current directory")
  private @Nullable Path repository;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "a bare ledger file instead of a repository; repeatable")
  private List<Path> ledgers = List.of();

  @Option(
      names = "--genesis",
      paramLabel = "ID",
      description = "the genesis id that you know; default: OPTR_GENESIS")
  private @Nullable String genesis;

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

  @Option(names = "--json", description = "one JSON document on standard output")
  private boolean json;

  VerifyCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    if (links && full) {
      throw new UserException("--links and --full exclude each other; write one of them");
    }
    if (repository != null && !ledgers.isEmpty()) {
      throw new UserException("--repo and --ledger exclude each other; write one of them");
    }
    Verification verification = ledgers.isEmpty() ? ofRepository() : ofFiles();
    print(host, verification, json);
    return exit(verification).code();
  }

  private Verification ofFiles() {
    List<Container> containers = new ArrayList<>();
    for (Path file : ledgers) {
      containers.add(new Container(file.toString(), content(host.directory().resolve(file))));
    }
    return new LedgerVerifier().verify(containers, options());
  }

  private Verification ofRepository() {
    Path directory = host.directory().resolve(repository == null ? Path.of("") : repository);
    try (GitRepository git = GitRepository.open(directory, host.checkpoint())) {
      return verify(git, options());
    }
  }

  /** The ledger at HEAD, with its anchors and its history. */
  static Verification verify(GitRepository git, VerifyOptions options) {
    String head =
        git.resolve("HEAD")
            .orElseThrow(
                () ->
                    new UserException(
                        git.gitDirectory() + ": HEAD names no commit, so there is no ledger"));
    return verify(git, head, options).with(new WorkTreeDrift(git, head).findings());
  }

  /** The ledger at a commit, read from objects, with its anchors and its history. */
  static Verification verify(GitRepository git, String commit, VerifyOptions options) {
    Verification bare = new LedgerVerifier().verify(RunLedger.at(git, commit), options);
    GitAnchors anchors = new GitAnchors(git, commit);
    Verification anchored = new AnchorVerifier(anchors).verify(bare);
    Verification grown = new HistoryVerifier().verify(anchored, anchors.snapshots(commit));
    return new DriftVerifier(anchors).verify(grown, commit);
  }

  private VerifyOptions options() {
    VerifyOptions options =
        VerifyOptions.standard()
            .withPinnedGenesis(host.pinnedGenesis(genesis).orElse(null))
            .expecting(head, size)
            .since(since)
            .checking(links ? VerifyOptions.Signatures.LINKS : VerifyOptions.Signatures.FULL);
    return allowTofu ? options.allowingTofu() : options;
  }

  static ExitCode exit(Verification verification) {
    return switch (verification.result()) {
      case OK -> ExitCode.OK;
      case TAMPERED -> ExitCode.TAMPERED;
      case UNDECIDED -> ExitCode.UNDECIDED;
    };
  }

  static void print(Host host, Verification verification, boolean json) {
    VerifyReport report = new VerifyReport(verification, exit(verification));
    host.out().print(json ? PrettyJson.text(report.document()) : report.text());
    host.out().flush();
  }

  /** A pipe has no positions to read at, so it is held in memory. */
  private static Content content(Path file) {
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
