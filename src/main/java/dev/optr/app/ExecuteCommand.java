package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code optr execute}: performs the selected path, or takes it back. */
@Command(
    name = "execute",
    mixinStandardHelpOptions = true,
    description = {
      "Performs the path that the newest decision of the current branch selected, and nothing else:"
          + " one commit upon its anchor.",
      "Everything is recomputed first; whatever does not hold is refused with the reason."
    })
final class ExecuteCommand implements Callable<Integer>, JsonCommand {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--workflow",
      paramLabel = "FILE",
      description = "the workflow file that must still be the one that was decided by")
  private @Nullable Path workflow;

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description = "refuse unless the selected path is this agent's")
  private @Nullable String agent;

  @Option(
      names = "--undo",
      description = "revert the executed commit that HEAD is on, by a new commit and entry")
  private boolean undo;

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(names = "--allow-tofu", description = "take the genesis of a signed ledger on trust")
  private boolean allowTofu;

  @Option(names = "--json", description = "one JSON document on standard output")
  private boolean json;

  ExecuteCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return json ? Optional.of(document(ExecutionResult.failed(exit))) : Optional.empty();
  }

  @Override
  public Integer call() throws InterruptedException {
    ExecutionHere here =
        new ExecutionHere(
            host,
            new ExecutionHere.Request(
                repository.in(host),
                workflow == null ? null : host.directory().resolve(workflow),
                Optional.ofNullable(agent),
                genesis.pinned(host),
                allowTofu));
    ExecutionResult result = undo ? here.undo() : here.execute();
    if (json) {
      host.out().print(PrettyJson.text(document(result)));
    } else if (result.exit() == ExitCode.OK) {
      host.out().println(result.message());
    } else {
      host.err().println("optr: " + result.message());
    }
    host.out().flush();
    return result.exit().code();
  }

  /**
   * {@code {outcome, refusal, message, agent, entry, head, commit, tree, exit}}: outcome is {@code
   * executed}, {@code reverted}, {@code refused}, {@code superseded} or {@code failed}; refusal one
   * of {@link dev.optr.execution.Refusal}; null where there is none.
   */
  private static JsonObject document(ExecutionResult result) {
    return Json.object()
        .put("outcome", result.outcome())
        .put("refusal", result.refusal())
        .put("message", result.message())
        .put("agent", result.agent())
        .put("entry", result.entry())
        .put("head", result.head())
        .put("commit", result.commit())
        .put("tree", result.tree())
        .put("exit", result.exit().code())
        .build();
  }
}
