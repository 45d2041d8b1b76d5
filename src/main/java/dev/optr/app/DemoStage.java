package dev.optr.app;

import dev.optr.demo.Stage;
import dev.optr.git.GitRepository;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The four providers of the demo and what a user's environment would say of them. */
final class DemoStage implements AutoCloseable {
  private static final String SLUG = "demo/shop";

  private final Stage stage;
  private final GitRepository remote;
  private final Map<String, String> variables;

  private DemoStage(Stage stage, GitRepository remote, Map<String, String> variables) {
    this.stage = stage;
    this.remote = remote;
    this.variables = Map.copyOf(variables);
  }

  /**
   * @param remote the bare repository that stands for the one at GitHub
   */
  static DemoStage open(Host host, DemoScenario scenario, Path remote) {
    Stage stage = Stage.open();
    GitRepository repository = GitRepository.open(remote, host.checkpoint());
    Map<String, String> variables = new TreeMap<>();
    variables.put("OPENAI_API_KEY", "played-key-of-codex");
    variables.put("OPENAI_BASE_URL", stage.playOpenAi(DemoFiles.conversation(scenario, "codex")));
    variables.put("ANTHROPIC_API_KEY", "played-key-of-claude");
    variables.put(
        "ANTHROPIC_BASE_URL", stage.playAnthropic(DemoFiles.conversation(scenario, "claude")));
    variables.put("COPILOT_GITHUB_TOKEN", "ghu_played-token-of-copilot");
    variables.put("GITHUB_REPOSITORY", SLUG);
    variables.put(
        "GITHUB_API_URL",
        stage.playAgentTasks(
            DemoFiles.conversation(scenario, "copilot"),
            SLUG,
            repository,
            host.temporary(),
            host.clock()));
    variables.put("DIRECT_LINE_SECRET", "played-secret-of-mscopilot");
    variables.put(
        "DIRECT_LINE_BASE_URL",
        stage.playDirectLine(DemoFiles.conversation(scenario, "mscopilot")));
    // The shop's tests run on the very JDK that runs this program.
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    return new DemoStage(stage, repository, variables);
  }

  /** The machine's variables, but for those of the providers. */
  Map<String, String> environment(Map<String, String> machine) {
    Map<String, String> environment = new TreeMap<>(machine);
    environment.putAll(variables);
    return environment;
  }

  @Override
  public void close() {
    stage.close();
    remote.close();
  }
}
