package dev.optr.app;

import dev.optr.base.Disk;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import dev.optr.bundle.BundleHeader;
import dev.optr.bundle.BundleWriter;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code optr gather}: one bundle of several about the same input. Prints as {@code propose}. */
@Command(
    name = "gather",
    mixinStandardHelpOptions = true,
    description = "Makes one bundle of several whose agents were asked about the same input.")
final class GatherCommand implements Callable<Integer>, JsonCommand {
  private final Host host;

  @Mixin private final InputOptions input = new InputOptions();

  @Parameters(
      paramLabel = "DIR=DIGEST",
      arity = "1..*",
      description = "a bundle and the digest that 'optr propose' printed for it")
  private List<String> bundles = List.of();

  @Mixin private final BundleOutput out = new BundleOutput();

  @Mixin private final JsonOption json = new JsonOption();

  GatherCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return json.undecided(outcome, exit);
  }

  @Override
  public Integer call() {
    try (GitRepository repository = GitRepository.open(input.repository(host), host.checkpoint())) {
      Prepared prepared = new LocalIntake(host, input.request(host)).prepare(repository);
      try (TreeStore trees = TreeStore.open(repository, host.temporary())) {
        ProposeCommand.print(host, gathered(repository, prepared, trees), json.isGiven());
      }
    }
    return ExitCode.OK.code();
  }

  private Proposing.Proposed gathered(
      GitRepository repository, Prepared prepared, TreeStore trees) {
    BundleHeader.Origin origin = LocalProposal.origin(repository, OptionalLong.empty());
    BundleWriter writer =
        new BundleWriter(
            new Disk(host.checkpoint()),
            trees,
            prepared.wiring().redactor(),
            LocalLedger.signer(Credentials.ofVariables(host.environment())));
    ExpectedBundle expected =
        new ExpectedBundle(origin, OptionalLong.empty(), prepared, repository, trees);
    return new Gatherer(expected, writer).gather(digests(), out.in(host));
  }

  private Map<Path, String> digests() {
    Map<Path, String> digests = new LinkedHashMap<>();
    for (String bundle : bundles) {
      int mark = bundle.lastIndexOf('=');
      if (mark < 1) {
        throw new UserException("gather: '%s' names no digest; write DIR=DIGEST".formatted(bundle));
      }
      digests.put(host.directory().resolve(bundle.substring(0, mark)), bundle.substring(mark + 1));
    }
    return digests;
  }
}
