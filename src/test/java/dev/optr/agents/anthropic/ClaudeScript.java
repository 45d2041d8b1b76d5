package dev.optr.agents.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Models;
import dev.optr.agents.Prices;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.agents.RunBudget;
import dev.optr.agents.TestClock;
import dev.optr.agents.ToolLoops;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.testing.AnthropicPlayer;
import dev.optr.testing.AnthropicPlayer.Says;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What the played model says, and a lane that asks it. */
final class ClaudeScript {
  private static final Secret KEY = Secret.of("sk-ant-test-0123456789");

  private ClaudeScript() {}

  static Answer ask(AnthropicPlayer player, int turns, Path directory) {
    TestClock clock = new TestClock();
    AgentSpec lane = lane(player, turns);
    try {
      Retries retries = new Retries(new Random(7), clock, clock, _ -> {});
      ProviderHttp http = new ProviderHttp(Network.direct(), "1.2.3");
      return new ToolLoops(
              Models.shipped(), Prices.shipped(), new RunBudget(Workflow.Budget.NONE), retries)
          .over(lane, Claude.withKey(lane, Optional.empty(), KEY, http), new Redactor(List.of(KEY)))
          .ask(
              LaneSamples.question(Files.createTempDirectory(directory, "repository")),
              LaneSamples.log(clock));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AgentSpec lane(AnthropicPlayer player, int turns) {
    AgentSpec lane =
        LaneSamples.spec(AgentType.ANTHROPIC_CLAUDE, player.base(), Duration.ofSeconds(60));
    return LaneSamples.bounded(lane, turns, lane.budget());
  }

  static Answer.Failed failure(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return (Answer.Failed) answer;
  }

  static AnthropicPlayer.Step[] wrongAgainAndAgain(int turns) {
    AnthropicPlayer.Step[] steps = new AnthropicPlayer.Step[turns];
    for (int i = 0; i < turns; i++) {
      steps[i] = says("tool_use", thinking("turn " + i), wrongPath("toolu_" + i, "a.txt"));
    }
    return steps;
  }

  static Says proposes(String id) {
    return says("tool_use", thinking("done"), submit(id, "a.txt", "one"));
  }

  static String wrongPath(String id, String path) {
    return submit(id, path, "nowhere to be found");
  }

  private static String submit(String id, String path, String search) {
    return call(
        id,
        "submit_path",
        """
        {"summary":"s","rationale":"r","ttvEstimateSeconds":null,"invariants":[],"risks":[],\
        "constraints":[],"edits":[{"op":"replace","path":"%s","to":null,"search":"%s",\
        "replace":"two","content":null,"executable":null}]}"""
            .formatted(path, search));
  }

  static String call(String id, String tool, String input) {
    return "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":%s,\"caller\":{\"type\":\"direct\"}}"
        .formatted(id, tool, input);
  }

  static String thinking(String text) {
    return "{\"type\":\"thinking\",\"thinking\":\"%s\",\"signature\":\"EqQB%08x==\"}"
        .formatted(text, text.hashCode());
  }

  static Says says(String stopReason, String... blocks) {
    try {
      List<Json> content = new ArrayList<>();
      for (String block : blocks) {
        content.add(JsonReader.read(block));
      }
      return new Says(content, stopReason);
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }
}
