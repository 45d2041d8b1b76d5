package dev.optr.app;

import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A repository of one commit and, outside of it, a workflow file with recorded agents. */
final class LocalSite implements AutoCloseable {
  private final Path home;
  private final TempRepo repository;
  private final StringBuilder agents = new StringBuilder();
  private final Map<String, String> environment =
      new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "USER", "ada"));
  private String settings = "isolation: best-effort\n";

  private LocalSite(Path home, TempRepo repository) {
    this.home = home;
    this.repository = repository;
  }

  /** Has no agent yet. */
  static LocalSite make(Path home) {
    TempRepo repository = TempRepo.create(home.resolve("repository"));
    repository.commit("Start", Map.of("a.txt", "one\n", "b.txt", "one\n"));
    return new LocalSite(home, repository);
  }

  /** The same where nothing that is started is confined. */
  static LocalSite unconfined(Path home) {
    LocalSite site = make(home);
    site.settings = "isolation: off\n";
    return site;
  }

  /** Two agents whose paths are admissible, the first one's smaller. */
  static LocalSite withTwoGoodAgents(Path home) {
    return make(home)
        .agent("anna", Recordings.rewrite("a.txt", "two\n"))
        .agent("bert", Recordings.rewrite("a.txt", "two\nthree\nfour\n"));
  }

  LocalSite agent(String name, String recording) {
    write("outside/" + name + ".json", recording);
    agents.append("  - {name: %1$s, type: recorded, file: %1$s.json}%n".formatted(name));
    return this;
  }

  /** An agent at an endpoint of its own; {@code more} are further members. */
  LocalSite compatible(String name, String endpoint, String more) {
    agents.append(
        "  - {name: %s, type: openai-compatible, model: played, endpoint: '%s'%s}%n"
            .formatted(name, endpoint, more));
    return this;
  }

  /** An agent that is a shell script. */
  LocalSite program(String name, String script) {
    agents.append("  - {name: %s, type: command, run: [sh, -c, '%s']}%n".formatted(name, script));
    return this;
  }

  /** More lines of the workflow file. */
  LocalSite settings(String lines) {
    settings += lines + "\n";
    return this;
  }

  /** The same lines with other words in them. */
  LocalSite replaceSettings(String words, String others) {
    settings = settings.replace(words, others);
    return this;
  }

  LocalSite variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  LocalSite withoutVariable(String name) {
    environment.remove(name);
    return this;
  }

  TempRepo repository() {
    return repository;
  }

  Path home() {
    return home;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** {@code optr run} on it, with one intent and what is given behind. */
  Invocation run(String... more) {
    return Invocation.of(home, environment, arguments(more));
  }

  String[] arguments(String... more) {
    write(
        "outside/optr.yaml",
        "workflow: wish\n" + settings + "optr: select_optr\nagents:\n" + agents);
    List<String> arguments =
        new ArrayList<>(List.of("run", "--repo", "repository", "--workflow", "outside/optr.yaml"));
    if (!Arrays.asList(more).contains("--intent")) {
      arguments.addAll(List.of("--intent", "Make a.txt say more"));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  Invocation verify(String... more) {
    List<String> arguments = new ArrayList<>(List.of("verify", "--repo", "repository"));
    arguments.addAll(List.of(more));
    return Invocation.of(home, environment, arguments.toArray(String[]::new));
  }

  /** {@code optr execute} by the same workflow file. */
  Invocation execute(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("execute", "--repo", "repository", "--workflow", "outside/optr.yaml"));
    arguments.addAll(List.of(more));
    return Invocation.of(home, environment, arguments.toArray(String[]::new));
  }

  /** A file of the work tree as text. */
  String read(String path) {
    try {
      return Files.readString(repository.directory().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String path) {
    return Files.exists(repository.directory().resolve(path));
  }

  private void write(String path, String text) {
    try {
      Path file = home.resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
