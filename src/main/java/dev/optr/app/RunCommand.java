package dev.optr.app;

import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.report.ConsoleReport;
import dev.optr.report.RunJson;
import dev.optr.report.RunReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  @Mixin private final InputOptions input = new InputOptions();

  @Option(names = "--agents", paramLabel = "A,B", split = ",", description = "only these agents")
  private List<String> agents = List.of();

  @Option(
      names = "--dry-run",
      description = "say what a run would do and cost; asks nobody, changes nothing")
  private boolean dryRun;

  @Mixin private final DecisionOptions decision = new DecisionOptions();

  @Option(
      names = "--again",
      description = "ask even where the ledger holds a decision on this very input")
  private boolean again;

  RunCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return decision.undecided(outcome, exit);
  }

  @Override
  public Integer call() throws InterruptedException {
    LocalRun run = new LocalRun(host, request());
    if (dryRun) {
      host.out().print(run.plan());
      return ExitCode.OK.code();
    }
    return end(host, run.run(), decision.json());
  }

  private LocalRun.Request request() {
    return decision.recording(input.request(host).asking(agents), again, host);
  }

  /** Says how a run ended, and gives its exit code. */
  static int end(Host host, LocalRun.Result result, boolean json) {
    if (json && result.superseded()) {
      host.out().print(PrettyJson.text(RunJson.undecided("superseded", result.exit().code())));
      host.out().flush();
    } else {
      print(host, result.report(), result.exit(), json);
    }
    return result.exit().code();
  }

  private static void print(Host host, RunReport report, ExitCode exit, boolean json) {
    host.out()
        .print(
            json ? PrettyJson.text(RunJson.of(report, exit.code())) : ConsoleReport.table(report));
    host.out().flush();
  }
}
