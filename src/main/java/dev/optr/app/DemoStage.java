package dev.optr.app;

import dev.optr.demo.Stage;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The four providers of the demo and what a user's environment would say of them. */
final class DemoStage implements AutoCloseable {
  private final Stage stage;
  private final Map<String, String> variables;

  private DemoStage(Stage stage, Map<String, String> variables) {
    this.stage = stage;
    this.variables = Map.copyOf(variables);
  }

  static DemoStage open(DemoScenario scenario, Path repository) {
    Stage stage = Stage.open();
    Map<String, String> variables = new TreeMap<>();
    variables.put("OPENAI_API_KEY", "played-key-of-codex");
    variables.put("OPENAI_BASE_URL", stage.playOpenAi(DemoFiles.conversation(scenario, "codex")));
    variables.put("ANTHROPIC_API_KEY", "played-key-of-claude");
    variables.put(
        "ANTHROPIC_BASE_URL", stage.playAnthropic(DemoFiles.conversation(scenario, "claude")));
    variables.put("DIRECT_LINE_SECRET", "played-secret-of-mscopilot");
    variables.put(
        "DIRECT_LINE_BASE_URL",
        stage.playDirectLine(DemoFiles.conversation(scenario, "mscopilot")));
    // The shop's tests run on the very JDK that runs this program.
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    // What is played here is asked directly, whatever proxy the machine has.
    variables.put("NO_PROXY", "*");
    return new DemoStage(stage, variables);
  }

  Map<String, String> environment(Map<String, String> machine) {
    Map<String, String> environment = new TreeMap<>(machine);
    environment.putAll(variables);
    return environment;
  }

  @Override
  public void close() {
    stage.close();
  }
}
