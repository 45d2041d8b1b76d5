package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.git.NewRepository;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import dev.optr.report.ConsoleReport;
import dev.optr.report.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code optr demo}: the whole flow on a throw-away repository with recorded agents; no network, no
 * key.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "The whole flow on a throw-away repository with recorded agents; no network, no key.")
final class DemoCommand implements Callable<Integer>, JsonCommand {
  private final Host host;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "selected (default) or none-admissible")
  private String scenario = DemoScenario.SELECTED.label();

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "where to put it; default: a fresh temporary directory")
  private @Nullable Path directory;

  @Option(
      names = "--json",
      description = "one JSON document on standard output, nothing else there")
  private boolean json;

  DemoCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return json
        ? Optional.of(RunJson.undecided(outcome, exit.code()).with("repository", Json.NULL))
        : Optional.empty();
  }

  @Override
  public Integer call() throws InterruptedException {
    DemoScenario chosen = DemoScenario.of(scenario);
    Path home = directory == null ? temporary() : fresh(host.directory().resolve(directory));
    Path repository = make(home, chosen);
    LocalRun.Request request =
        new LocalRun.Request(repository, null, null, "HEAD", List.of(), true, false, null);
    LocalRun.Result result = new LocalRun(withJavaHome(), request).run();
    Verification verification = verify(repository);
    if (json) {
      JsonObject document = RunJson.of(result.report(), result.exit().code());
      host.out()
          .print(PrettyJson.text(document.with("repository", Json.text(repository.toString()))));
    } else {
      host.out().print(ConsoleReport.table(result.report()));
      host.out().println();
      host.out().print(new VerifyReport(verification, VerifyCommand.exit(verification)).text());
      host.out().print(places(home, repository));
    }
    host.out().flush();
    return result.exit().code();
  }

  private Path make(Path home, DemoScenario chosen) {
    Disk disk = new Disk(host.checkpoint());
    for (String agent : DemoFiles.AGENTS) {
      disk.write(
          home.resolve("recordings/" + agent + ".json"),
          DemoFiles.recording(chosen, agent).toArray());
    }
    Map<String, Bytes> files = DemoFiles.repository();
    Path repository = home.resolve("repository");
    NewRepository.create(
        repository, home.resolve("remote.git"), files, "Start the shop", host.clock().instant());
    return repository;
  }

  private Verification verify(Path repository) {
    try (GitRepository git = GitRepository.open(repository, host.checkpoint())) {
      return VerifyCommand.verify(git, VerifyOptions.standard());
    }
  }

  /** The shop's tests run on the very JDK that runs this program. */
  private Host withJavaHome() {
    Map<String, String> environment = new TreeMap<>(host.environment());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return host.withEnvironment(environment);
  }

  private static String places(Path home, Path repository) {
    return """

        repository  %s
        remote      %s
        recordings  %s
        """
        .formatted(repository, home.resolve("remote.git"), home.resolve("recordings"));
  }

  private static Path fresh(Path home) {
    if (!Files.exists(home)) {
      return home;
    }
    try (Stream<Path> there = Files.list(home)) {
      if (there.findAny().isEmpty()) {
        return home;
      }
    } catch (IOException e) {
      throw ServiceException.lasting("could not look into " + home, e);
    }
    throw new UserException("--directory: %s is not empty; name a fresh one".formatted(home));
  }

  private Path temporary() {
    try {
      return Files.createTempDirectory(Files.createDirectories(host.temporary()), "optr-demo-");
    } catch (IOException e) {
      throw ServiceException.lasting("could not make a temporary directory", e);
    }
  }
}
