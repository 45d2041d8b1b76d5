package dev.optr.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code optr apply}: writes one row of a bundle into a work tree. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Writes one row of a bundle into a work tree that is at the frozen commit, for your own"
          + " commands to build and test.",
      "HEAD, index and all other files stay as they are. Take a fresh work tree for each row."
    })
final class ApplyCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "the bundle; default: optr-bundle",
      defaultValue = "optr-bundle")
  private Path bundle = Path.of("optr-bundle");

  @Option(
      names = "--digest",
      paramLabel = "HEX",
      required = true,
      description = "the bundle's digest, as 'optr propose' printed it")
  private String digest = "";

  @Option(
      names = "--row",
      paramLabel = "ROW",
      required = true,
      description = "head, the name of an agent, or that with +frozen-tests")
  private String row = "";

  ApplyCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Path directory = repository.in(host);
    new RowApplication(host).write(host.directory().resolve(bundle), digest, row, directory);
    host.out().println("row '%s' is in '%s'".formatted(row, directory));
    return ExitCode.OK.code();
  }
}
