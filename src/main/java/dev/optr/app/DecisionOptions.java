package dev.optr.app;

import dev.optr.base.JsonObject;
import dev.optr.report.RunJson;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What becomes of a decision, and how it is told. */
final class DecisionOptions {
  @Option(names = "--no-commit", description = "leave documents and ledger in the work tree")
  private boolean noCommit;

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(
      names = "--json",
      description = "one JSON document on standard output, nothing else there")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * @param again ask even where this very input was decided before
   */
  LocalRun.Request recording(LocalRun.Request request, boolean again, Host host) {
    return request.recording(!noCommit, again, genesis.pinned(host).orElse(null));
  }

  /** The document of a run that came to no decision; empty without {@code --json}. */
  Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return json ? Optional.of(RunJson.undecided(outcome, exit.code())) : Optional.empty();
  }
}
