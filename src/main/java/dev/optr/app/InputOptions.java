package dev.optr.app;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is frozen: repository, workflow file, intent and commit. The same for every phase. */
final class InputOptions {
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
      description = "the commit to freeze; default: HEAD, the only one whose outcome is committed")
  private String base = "HEAD";

  Path repository(Host host) {
    return repository.in(host);
  }

  /** A request that asks every agent and changes nothing. */
  LocalRun.Request request(Host host) {
    Path file = workflow == null ? null : host.directory().resolve(workflow);
    return new LocalRun.Request(
        repository.in(host), file, intent, base, List.of(), false, false, null);
  }
}
