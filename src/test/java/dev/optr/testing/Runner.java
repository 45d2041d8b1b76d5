package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * GitHub's runner as a container action meets it: its directories, its variables and nothing else,
 * inputs with dashes in their names.
 */
public final class Runner {
  private final Path root;
  private final Map<String, String> environment = new TreeMap<>();

  public Runner(Path root, URI apiUrl, URI serverUrl) {
    this.root = root;
    try {
      for (String name :
          new String[] {"home", "workflow", "file_commands", "runner_temp", "workspace"}) {
        Files.createDirectories(root.resolve(name));
      }
      Files.createFile(root.resolve("file_commands/output"));
      Files.createFile(root.resolve("file_commands/summary"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("HOME", root.resolve("home").toString());
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("CI", "true");
    environment.put("GITHUB_ACTIONS", "true");
    environment.put("GITHUB_API_URL", apiUrl.toString());
    environment.put("GITHUB_GRAPHQL_URL", apiUrl + "/graphql");
    environment.put("GITHUB_SERVER_URL", serverUrl.toString());
    environment.put("GITHUB_EVENT_NAME", "pull_request");
    environment.put("GITHUB_EVENT_PATH", root.resolve("workflow/event.json").toString());
    environment.put("GITHUB_WORKSPACE", root.resolve("workspace").toString());
    environment.put("GITHUB_OUTPUT", root.resolve("file_commands/output").toString());
    environment.put("GITHUB_STEP_SUMMARY", root.resolve("file_commands/summary").toString());
    environment.put("GITHUB_RUN_ID", "9000000001");
    environment.put("GITHUB_RUN_NUMBER", "1");
    environment.put("GITHUB_RUN_ATTEMPT", "1");
    environment.put("GITHUB_ACTOR", "ada");
    environment.put("GITHUB_TRIGGERING_ACTOR", "ada");
    environment.put("GITHUB_WORKFLOW", "optr");
    environment.put("GITHUB_JOB", "optr-run");
    environment.put("GITHUB_REF", "refs/pull/7/merge");
    environment.put("GITHUB_SHA", "e1d0c9b8a7968574635241302f1e0d9c8b7a6958");
    environment.put("RUNNER_TEMP", root.resolve("runner_temp").toString());
    environment.put("RUNNER_OS", "Linux");
    environment.put("RUNNER_ARCH", "X64");
  }

  /** {@code owner/name}. */
  public Runner repository(String repository, long id) {
    environment.put("GITHUB_REPOSITORY", repository);
    environment.put("GITHUB_REPOSITORY_ID", String.valueOf(id));
    environment.put(
        "GITHUB_WORKFLOW_REF", repository + "/.github/workflows/optr.yml@refs/pull/7/merge");
    return this;
  }

  public Runner input(String name, String value) {
    environment.put("INPUT_" + name.toUpperCase(java.util.Locale.ROOT), value);
    return this;
  }

  public Runner variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Runner event(String name, String payload) {
    environment.put("GITHUB_EVENT_NAME", name);
    write("workflow/event.json", payload);
    return this;
  }

  /** The variables of the step, for one that is run in this process. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  public Path root() {
    return root;
  }

  public Path workspace() {
    return root.resolve("workspace");
  }

  /** One attempt of the step; outputs and summary start empty. */
  public ProgramProcess.Result run() {
    write("file_commands/output", "");
    write("file_commands/summary", "");
    return ProgramProcess.run(workspace(), environment, "action");
  }

  /** The same, not waited for; its log goes nowhere. */
  public Process start() {
    write("file_commands/output", "");
    write("file_commands/summary", "");
    return ProgramProcess.begin(workspace(), environment, "action");
  }

  public String summary() {
    return read("file_commands/summary");
  }

  /** One output, empty where the step did not set it, as an expression in a workflow sees it. */
  public String output(String name) {
    return outputs().getOrDefault(name, "");
  }

  /** The step's outputs, read as the runner reads them. */
  public Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    String[] lines = read("file_commands/output").split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int mark = lines[i].indexOf("<<");
      if (mark > 0) {
        String end = lines[i].substring(mark + 2);
        StringBuilder value = new StringBuilder();
        String name = lines[i].substring(0, mark);
        for (i++; !lines[i].equals(end); i++) {
          value.append(value.isEmpty() ? "" : "\n").append(lines[i]);
        }
        outputs.put(name, value.toString());
      }
    }
    return outputs;
  }

  private String read(String file) {
    try {
      return new String(Files.readAllBytes(root.resolve(file)), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) {
    try {
      Files.writeString(root.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
