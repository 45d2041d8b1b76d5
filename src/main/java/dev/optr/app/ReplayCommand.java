package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.Code;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code optr replay}: makes recorded decisions again and compares. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Makes recorded decisions again from a clone alone and compares them, byte for byte, with what"
          + " was recorded. Asks nobody and runs no command.",
      "Exit codes: 0 equal, 4 a decision differs or the ledger is not intact, 5 it cannot be decided"
          + " in this clone."
    })
final class ReplayCommand implements Callable<Integer>, JsonCommand {
  private final Host host;

  @Parameters(
      paramLabel = "ENTRY",
      arity = "0..*",
      description = "ids of decisions, or their first 8 or more digits; default: the newest")
  private List<String> named = List.of();

  @Option(names = "--all", description = "every decision of the ledger")
  private boolean all;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(names = "--allow-tofu", description = "take the genesis of a signed ledger on trust")
  private boolean allowTofu;

  @Option(names = "--json", description = "one JSON document on standard output")
  private boolean json;

  ReplayCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return json
        ? Optional.of(
            Json.object()
                .put("genesis", Json.NULL)
                .put("decisions", Json.array(List.of()))
                .put("exit", exit.code())
                .build())
        : Optional.empty();
  }

  @Override
  public Integer call() {
    if (all && !named.isEmpty()) {
      throw new UserException("--all and ENTRY exclude each other; write one of them");
    }
    try (GitRepository git = repository.open(host)) {
      RepositoryVerification verified = RepositoryVerification.ofHead(git, options());
      Verification ledger = verified.verify(_ -> List.of());
      return switch (ledger.result()) {
        case OK -> print(replay(git, verified.state(), ledger));
        case TAMPERED -> throw LedgerBrokenException.of(ledger.findings());
        case UNDECIDED -> undecided(ledger);
      };
    }
  }

  private VerifyOptions options() {
    VerifyOptions options =
        VerifyOptions.standard().withPinnedGenesis(genesis.pinned(host).orElse(null));
    return allowTofu ? options.allowingTofu() : options;
  }

  private int undecided(Verification ledger) {
    host.err().println("optr: " + reason(ledger));
    undecided("undecided", ExitCode.UNDECIDED)
        .ifPresent(document -> host.out().print(PrettyJson.text(document)));
    host.out().flush();
    return ExitCode.UNDECIDED.code();
  }

  private static String reason(Verification ledger) {
    return ledger.warnings().stream()
        .filter(warning -> warning.code() == Code.W_UNREACHABLE && warning.id() == null)
        .findFirst()
        .map(VerifyReport::sentence)
        .orElse(
            ledger.genesis() == null
                ? "there is no ledger here"
                : "nothing vouches for the genesis; pin it with --genesis, or add --allow-tofu");
  }

  private ReplayReport replay(GitRepository git, VerifiedState state, Verification ledger) {
    String begun = String.valueOf(ledger.genesis());
    LedgerPast past = GitAnchors.past(git, state.head(), begun);
    try (TreeStore trees = TreeStore.open(git, host.temporary())) {
      Replay replay = new Replay(git, past, state.tips(), trees);
      return new ReplayReport(begun, wanted(ledger).map(replay::of).toList());
    }
  }

  private Stream<Entry> wanted(Verification ledger) {
    ReplayEntries entries = new ReplayEntries(ledger.entries());
    if (all) {
      return entries.all();
    }
    // All of them are looked up first: a name that is wrong is said at once.
    return named.isEmpty() ? entries.newest() : entries.named(named).stream();
  }

  private int print(ReplayReport report) {
    host.out().print(json ? PrettyJson.text(report.document()) : report.text());
    host.out().flush();
    return report.exit().code();
  }
}
