package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.bundle.Bundle;
import dev.optr.bundle.Matrix;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code optr propose}: asks the agents and writes a bundle. Standard output is the bundle's digest
 * and nothing else; with {@code --json} a document {@code {bundleDigest, lanes: [{agent, outcome}],
 * rows: [{row, tree, agents}], matrix: {include}, exit}}.
 */
@Command(
    name = "propose",
    mixinStandardHelpOptions = true,
    description =
        "Asks the agents and writes their paths into a bundle, which jobs of your own verify.")
final class ProposeCommand implements Callable<Integer>, JsonCommand {
  private final Host host;

  @Mixin private final ProposalOptions proposal = new ProposalOptions();

  @Mixin private final RunNumber run = new RunNumber();

  @Mixin private final BundleOutput out = new BundleOutput();

  @Mixin private final JsonOption json = new JsonOption();

  ProposeCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return json.undecided(outcome, exit);
  }

  @Override
  public Integer call() throws InterruptedException {
    Proposing.Proposed proposed =
        new LocalProposal(
                host, proposal.request(host), run.given(), proposal.images(), out.in(host))
            .propose();
    print(host, proposed, json.isGiven());
    return ExitCode.OK.code();
  }

  static void print(Host host, Proposing.Proposed proposed, boolean json) {
    Matrix matrix = proposed.bundle().matrix();
    matrix.notices().forEach(Progress.of(host)::say);
    if (json) {
      host.out().print(PrettyJson.text(document(proposed, matrix)));
    } else {
      host.out().println(proposed.digest());
    }
    host.out().flush();
  }

  private static JsonObject document(Proposing.Proposed proposed, Matrix matrix) {
    Bundle bundle = proposed.bundle();
    return Json.object()
        .put("bundleDigest", proposed.digest())
        .put(
            "lanes",
            Json.array(
                bundle.lanes().stream()
                    .map(
                        lane ->
                            Json.object()
                                .put("agent", lane.candidate().agent())
                                .put("outcome", lane.candidate().answer().outcome())
                                .build())
                    .toList()))
        .put(
            "rows",
            Json.array(
                bundle.header().rows().stream()
                    .map(
                        row ->
                            Json.object()
                                .put("row", row.name())
                                .put("tree", row.tree())
                                .put("agents", Json.texts(row.agents()))
                                .build())
                    .toList()))
        .put("matrix", matrix.json(bundle.intent().commit()))
        .put("exit", ExitCode.OK.code())
        .build();
  }
}
