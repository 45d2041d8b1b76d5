package dev.optr.agents.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneLog;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Models;
import dev.optr.agents.Prices;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Question;
import dev.optr.agents.Retries;
import dev.optr.agents.RunBudget;
import dev.optr.agents.TestClock;
import dev.optr.agents.ToolLoops;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Lanes of Microsoft's agents against a player. */
abstract class MicrosoftHarness {
  static final String KEY = "ms-test-secret-0123456789";

  static final String PATH =
      """
      {"tool": "submit_path", "arguments": {"summary": "s", "edits": [
        {"op": "replace", "path": "a.txt", "search": "one", "replace": "two"}]}}""";
  static final String BAD =
      """
      {"tool": "submit_path", "arguments": {"summary": "s", "edits": [
        {"op": "replace", "path": "missing.txt", "search": "one", "replace": "two"}]}}""";
  static final String LIST = "{\"tool\": \"list_files\", \"arguments\": {\"glob\": \"**\"}}";

  final TestClock clock = new TestClock();
  final List<String> told = new ArrayList<>();
  RunBudget run = new RunBudget(Workflow.Budget.NONE);

  @TempDir Path directory;

  static AgentSpec lane(String backend, @Nullable String model, @Nullable String endpoint) {
    return new AgentSpec(
        "lane",
        AgentType.MS_COPILOT_STRIDE,
        model,
        endpoint,
        null,
        backend,
        AgentSpec.Role.PROPOSE,
        null,
        null,
        Map.of(),
        false,
        Duration.ofMinutes(10),
        30,
        Workflow.Budget.NONE,
        List.of(),
        null,
        List.of(),
        "ab".repeat(32));
  }

  static ProviderHttp http() {
    return new ProviderHttp(Network.direct(), "1.2.3");
  }

  Agent agent(AgentSpec spec, Provider provider) {
    Retries retries = new Retries(new Random(7), clock, clock, _ -> {});
    return new ToolLoops(Models.shipped(), Prices.shipped(), run, retries)
        .over(spec, provider, new Redactor(List.of(Secret.of(KEY))));
  }

  Answer ask(AgentSpec spec, Provider provider) {
    try {
      Path repository = Files.createTempDirectory(directory, "repository");
      return ask(spec, provider, LaneSamples.question(repository));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer ask(AgentSpec spec, Provider provider, Question question) {
    try {
      return agent(spec, provider)
          .ask(question, new LaneLog(null, clock, event -> told.add(event.text())));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String assertFailed(Answer answer, FailureCode code) {
    assertThat(answer.outcome()).isEqualTo("failed");
    Answer.Failed failed = (Answer.Failed) answer;
    assertThat(failed.code()).as(failed.message()).isEqualTo(code);
    assertThat(failed.message()).doesNotContain(KEY).doesNotContain("\n");
    return failed.message();
  }
}
