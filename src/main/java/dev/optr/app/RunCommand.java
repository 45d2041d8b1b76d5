package dev.optr.app;

import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.report.ConsoleReport;
import dev.optr.report.RunJson;
import dev.optr.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code optr run}: the whole flow on a local repository. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "The whole flow on a local repository: asks the agents, decides, records and commits.")
final class RunCommand implements Callable<Integer>, JsonCommand {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--workflow",
      paramLabel = "FILE",
      description =
          "the workflow file; default: .github/workflow-optr.yaml, else workflow-optr.yaml, in the repository")
  private @Nullable Path workflow;

  @Option(
      names = "--intent",
      paramLabel = "TEXT",
      description = "what is wanted; default: the workflow file's intent")
  private @Nullable String intent;

  @Option(
      names = "--base",
      paramLabel = "REV",
      description = "the commit to freeze; other than HEAD only with --no-commit; default: HEAD")
  private String base = "HEAD";

  @Option(names = "--agents", paramLabel = "A,B", split = ",", description = "only these agents")
  private List<String> agents = List.of();

  @Option(
      names = "--dry-run",
      description = "say what a run would do and cost; asks nobody, changes nothing")
  private boolean dryRun;

  @Option(names = "--no-commit", description = "leave documents and ledger in the work tree")
  private boolean noCommit;

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(
      names = "--json",
      description = "one JSON document on standard output, nothing else there")
  private boolean json;

  @Option(
      names = "--again",
      description = "ask even where the ledger holds a decision on this very input")
  private boolean again;

  RunCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return json ? Optional.of(RunJson.undecided(outcome, exit.code())) : Optional.empty();
  }

  @Override
  public Integer call() throws InterruptedException {
    LocalRun run = new LocalRun(host, request());
    if (dryRun) {
      host.out().print(run.plan());
      return ExitCode.OK.code();
    }
    LocalRun.Result result = run.run();
    Optional<JsonObject> superseded =
        result.superseded() ? undecided("superseded", result.exit()) : Optional.empty();
    if (superseded.isPresent()) {
      host.out().print(PrettyJson.text(superseded.get()));
    } else {
      print(host, result.report(), result.exit(), json);
    }
    return result.exit().code();
  }

  private LocalRun.Request request() {
    Path directory = repository.in(host);
    Path file = workflow == null ? null : host.directory().resolve(workflow);
    String pin = genesis.pinned(host).orElse(null);
    return new LocalRun.Request(directory, file, intent, base, agents, !noCommit, again, pin);
  }

  static void print(Host host, RunReport report, ExitCode exit, boolean json) {
    host.out()
        .print(
            json ? PrettyJson.text(RunJson.of(report, exit.code())) : ConsoleReport.table(report));
    host.out().flush();
  }
}
