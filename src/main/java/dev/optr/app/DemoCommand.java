package dev.optr.app;

import dev.optr.base.Bytes;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code optr demo}: the whole flow on a throw-away repository whose agents are played from
 * recordings; no network, no key.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "The whole flow on a throw-away repository whose agents are played from recordings; no network, no key.")
final class DemoCommand implements Callable<Integer>, JsonCommand {
  private final Host host;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "selected (default), none-admissible or constraints")
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
    LocalRun.Result result = play(chosen, home.resolve("remote.git"), request);
    if (json) {
      JsonObject document = RunJson.of(result.report(), result.exit().code());
      host.out()
          .print(PrettyJson.text(document.with("repository", Json.text(repository.toString()))));
    } else {
      host.out().print(ConsoleReport.table(result.report()));
      host.out().println();
      host.out().print(verification(repository));
      host.out().print(places(home, repository));
    }
    host.out().flush();
    return result.exit().code();
  }

  /** The agents' providers are played on loopback; everything else is as users run it. */
  private LocalRun.Result play(DemoScenario scenario, Path remote, LocalRun.Request request)
      throws InterruptedException {
    try (DemoStage stage = DemoStage.open(host, scenario, remote)) {
      return new LocalRun(host.withEnvironment(stage.environment(host.environment())), request)
          .run();
    }
  }

  private Path make(Path home, DemoScenario scenario) {
    Map<String, Bytes> files = DemoFiles.repository(scenario);
    Path repository = home.resolve("repository");
    NewRepository.create(
        repository, home.resolve("remote.git"), files, "Start the shop", host.clock().instant());
    return repository;
  }

  private String verification(Path repository) {
    long started = System.nanoTime();
    VerifyOptions options = VerifyOptions.standard();
    try (GitRepository git = GitRepository.open(repository, host.checkpoint())) {
      RepositoryVerification verification = RepositoryVerification.ofHead(git, options);
      Verification found = verification.verify(_ -> List.of()).with(verification.workTreeDrift());
      return VerifyReport.ofRepository(
              found, verification.containers(), List.of(), options, List.of())
          .text(Duration.ofNanos(System.nanoTime() - started));
    }
  }

  private static String places(Path home, Path repository) {
    return """

        repository  %s
        remote      %s
        """
        .formatted(repository, home.resolve("remote.git"));
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
