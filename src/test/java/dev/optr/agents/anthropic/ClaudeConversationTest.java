package dev.optr.agents.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Models;
import dev.optr.agents.Prices;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.agents.RunBudget;
import dev.optr.agents.TestClock;
import dev.optr.agents.ToolLoops;
import dev.optr.agents.Usage;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.testing.AnthropicPlayer;
import dev.optr.testing.AnthropicPlayer.Fails;
import dev.optr.testing.AnthropicPlayer.Says;
import dev.optr.testing.AnthropicPlayer.Stops;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Claude's conversation must do over several turns, against a vendor that is strict. */
final class ClaudeConversationTest {
  private static final Secret KEY = Secret.of("sk-ant-test-0123456789");

  private final TestClock clock = new TestClock();

  @TempDir Path directory;

  @Test
  void repeatsWhatTheModelSaidAsItCame() {
    Says odd =
        says(
            "tool_use",
            thinking("Let me see – \\u00e9\\ud83d\\ude00"),
            "{\"type\":\"redacted_thinking\",\"data\":\"EmwKAhgB\"}",
            "{\"type\":\"text\",\"text\":\"I look \\\"closely\\\" 😀.\",\"citations\":null}",
            call("toolu_0", "run", "{\"z\":1.50,\"a\":{\"n\":12345678901234567890.10,\"e\":1E+2}}"),
            wrongPath("toolu_1", "a.txt"));
    try (AnthropicPlayer player = AnthropicPlayer.start(odd, proposes("toolu_2"))) {
      Answer answer = ask(player);

      assertThat(player.complaints()).isEmpty();
      assertThat(answer).isInstanceOf(Answer.Proposed.class);
      assertThat(CompactJson.exact(player.requests().getLast()))
          .contains("\"z\":1.50,\"a\":{\"n\":12345678901234567890.10,\"e\":1E+2}");
    }
  }

  @Test
  void answersAllCallsOfATurnInOneMessage() {
    Says three =
        says(
            "tool_use",
            thinking(""),
            wrongPath("toolu_1", "a.txt"),
            call("toolu_2", "run_shell", "{\"command\":\"ls\"}"),
            wrongPath("toolu_3", "a.txt"));
    try (AnthropicPlayer player = AnthropicPlayer.start(three, proposes("toolu_4"))) {
      assertThat(ask(player)).isInstanceOf(Answer.Proposed.class);

      assertThat(player.complaints()).isEmpty();
      List<Json> results = lastMessage(player).array("content");
      assertThat(results)
          .extracting(result -> ((JsonObject) result).text("tool_use_id"))
          .containsExactly("toolu_1", "toolu_2", "toolu_3");
      assertThat(results).allMatch(result -> ((JsonObject) result).isTrue("is_error"));
    }
  }

  @Test
  void sendsNeitherTextWithoutTextNorMessagesWithoutContent() {
    Says blank = says("end_turn", thinking(""), "{\"type\":\"text\",\"text\":\" \"}");
    try (AnthropicPlayer player = AnthropicPlayer.start(blank, proposes("toolu_1"))) {
      assertThat(ask(player)).isInstanceOf(Answer.Proposed.class);
      assertThat(player.complaints()).isEmpty();
    }
    try (AnthropicPlayer player = AnthropicPlayer.start(says("end_turn"), proposes("toolu_1"))) {
      assertThat(ask(player)).isInstanceOf(Answer.Proposed.class);
      assertThat(player.complaints()).isEmpty();
    }
  }

  @Test
  void resumesAPausedTurnWithNothingButWhatWasSaid() {
    Says paused = says("pause_turn", thinking("hm"), "{\"type\":\"text\",\"text\":\"So far\"}");
    try (AnthropicPlayer player = AnthropicPlayer.start(paused, proposes("toolu_1"))) {
      assertThat(ask(player)).isInstanceOf(Answer.Proposed.class);

      assertThat(player.complaints()).isEmpty();
      assertThat(player.requests().getLast().array("messages")).hasSize(2);
      assertThat(lastMessage(player).text("role")).isEqualTo("assistant");
      assertThat(lastMessage(player).get("content")).isEqualTo(Json.array(paused.content()));
    }
  }

  @Test
  void readsAllThatItSaidBeforeFromTheCacheOverThirtyTurns() {
    try (AnthropicPlayer player = AnthropicPlayer.start(wrongAgainAndAgain(30))) {
      Answer answer = ask(player);

      assertThat(player.complaints()).isEmpty();
      assertThat(player.requests()).hasSize(30);
      List<JsonObject> usages = player.usages();
      for (int turn = 1; turn < usages.size(); turn++) {
        assertThat(usages.get(turn).integer("cache_read_input_tokens"))
            .isEqualTo(kept(usages.get(turn - 1)));
        assertThat(usages.get(turn).integer("input_tokens")).isZero();
      }
      assertThat(answer.exchange().usage().cachedTokens())
          .isEqualTo(sum(player, "cache_read_input_tokens"))
          .isGreaterThan(10 * sum(player, "cache_creation_input_tokens"));
    }
  }

  @Test
  void readsFromTheCacheEvenBehindATurnOfMoreCallsThanTheCacheLooksBack() {
    List<String> calls = new ArrayList<>(List.of(thinking("")));
    for (int i = 0; i < 40; i++) {
      calls.add(wrongPath("toolu_1_" + i, "a.txt"));
    }
    Says many = says("tool_use", calls.toArray(String[]::new));
    try (AnthropicPlayer player =
        AnthropicPlayer.start(
            says("tool_use", wrongPath("toolu_0", "a.txt")), many, proposes("t"))) {
      assertThat(ask(player)).isInstanceOf(Answer.Proposed.class);

      assertThat(player.complaints()).isEmpty();
      assertThat(player.usages().getLast().integer("cache_read_input_tokens"))
          .isEqualTo(kept(player.usages().get(1)));
    }
  }

  @Test
  void chargesWhatWasReadWrittenThoughtAndSaidByThePriceTable() {
    try (AnthropicPlayer player = AnthropicPlayer.start(wrongAgainAndAgain(3))) {
      Usage usage = ask(lane(player, 3)).exchange().usage();

      long fresh = sum(player, "input_tokens");
      long read = sum(player, "cache_read_input_tokens");
      long written = sum(player, "cache_creation_input_tokens");
      assertThat(usage.inputTokens()).isEqualTo(fresh + read + written);
      assertThat(usage.cachedTokens()).isEqualTo(read).isPositive();
      assertThat(usage.cacheWrittenTokens()).isEqualTo(written).isPositive();
      assertThat(usage.outputTokens()).isEqualTo(300);
      assertThat(usage.reasoningTokens()).isEqualTo(120);
      // In, read, written (five minutes) and out of claude-opus-5-5 in USD per million tokens;
      // thinking is part of the output.
      assertThat(usage.usd())
          .isEqualByComparingTo(
              new BigDecimal("4.00")
                  .multiply(BigDecimal.valueOf(fresh))
                  .add(new BigDecimal("0.40").multiply(BigDecimal.valueOf(read)))
                  .add(new BigDecimal("5.00").multiply(BigDecimal.valueOf(written)))
                  .add(new BigDecimal("20.00").multiply(BigDecimal.valueOf(300)))
                  .movePointLeft(6));
    }
  }

  @Test
  void keepsWhatARefusalTook() {
    try (AnthropicPlayer player = AnthropicPlayer.start(says("refusal"))) {
      Answer answer = ask(player);

      assertThat(failure(answer).code()).isEqualTo(FailureCode.REFUSED);
      assertThat(failure(answer).message()).contains("cyber").contains("declined");
      assertThat(answer.exchange().usage().outputTokens()).isEqualTo(100);
      assertThat(answer.exchange().usage().usd()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"max_tokens", "model_context_window_exceeded"})
  void isTruncatedWhereTheAnswerWasCutEvenIfACallLooksWhole(String reason) {
    try (AnthropicPlayer player = AnthropicPlayer.start(says(reason, wrongPath("t", "b.txt")))) {
      assertThat(failure(ask(player)).code()).isEqualTo(FailureCode.TRUNCATED);
    }
  }

  @Test
  void asksAgainWhereTheStreamEndsEarly() {
    try (AnthropicPlayer player = AnthropicPlayer.start(new Stops(), proposes("toolu_1"))) {
      Answer answer = ask(player);

      assertThat(answer).isInstanceOf(Answer.Proposed.class);
      assertThat(answer.exchange().usage().retries()).isEqualTo(1);
      // The first answer was paid for as far as it came, and nobody says how far.
      assertThat(answer.exchange().usage().usd()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"overloaded_error", "api_error", "rate_limit_error", "timeout_error", "new_error"})
  void asksAgainAfterAnErrorInTheStreamThatPasses(String type) {
    try (AnthropicPlayer player =
        AnthropicPlayer.start(new Fails(type, false), proposes("toolu_1"))) {
      Answer answer = ask(player);

      assertThat(answer).isInstanceOf(Answer.Proposed.class);
      assertThat(answer.exchange().usage().requests()).isEqualTo(2);
      assertThat(answer.exchange().usage().usd()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_request_error, SERVICE",
    "permission_error, AUTH",
    "billing_error, QUOTA",
    "not_found_error, UNAVAILABLE",
    "request_too_large, TRUNCATED"
  })
  void givesUpAfterAnErrorInTheStreamThatLasts(String type, FailureCode code) {
    try (AnthropicPlayer player = AnthropicPlayer.start(new Fails(type, true))) {
      Answer answer = ask(player);

      assertThat(failure(answer).code()).isEqualTo(code);
      assertThat(answer.exchange().usage().requests()).isEqualTo(1);
      assertThat(answer.exchange().usage().usd()).isNull();
    }
  }

  @Test
  void saysWhatAStreamFailedOfWhereItFailsAgainAndAgain() {
    try (AnthropicPlayer player = AnthropicPlayer.start(new Fails("overloaded_error", true))) {
      Answer answer = ask(player);

      assertThat(failure(answer).message()).contains("529").contains("Overloaded");
      assertThat(answer.exchange().usage().requests()).isEqualTo(4);
    }
  }

  private Answer ask(AnthropicPlayer player) {
    return ask(lane(player, 30));
  }

  private Answer ask(AgentSpec lane) {
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

  private static Answer.Failed failure(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return (Answer.Failed) answer;
  }

  private static JsonObject lastMessage(AnthropicPlayer player) {
    return (JsonObject) player.requests().getLast().array("messages").getLast();
  }

  private static long sum(AnthropicPlayer player, String member) {
    return player.usages().stream().mapToLong(usage -> count(usage, member)).sum();
  }

  /** What a turn leaves in the cache. */
  private static long kept(JsonObject usage) {
    return count(usage, "cache_read_input_tokens") + count(usage, "cache_creation_input_tokens");
  }

  private static long count(JsonObject usage, String member) {
    Long count = usage.integer(member);
    return count == null ? 0 : count;
  }

  private static AnthropicPlayer.Step[] wrongAgainAndAgain(int turns) {
    AnthropicPlayer.Step[] steps = new AnthropicPlayer.Step[turns];
    for (int i = 0; i < turns; i++) {
      steps[i] = says("tool_use", thinking("turn " + i), wrongPath("toolu_" + i, "a.txt"));
    }
    return steps;
  }

  private static Says proposes(String id) {
    return says("tool_use", thinking("done"), submit(id, "a.txt", "one"));
  }

  private static String wrongPath(String id, String path) {
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

  private static String call(String id, String tool, String input) {
    return "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":%s,\"caller\":{\"type\":\"direct\"}}"
        .formatted(id, tool, input);
  }

  private static String thinking(String text) {
    return "{\"type\":\"thinking\",\"thinking\":\"%s\",\"signature\":\"EqQB%08x==\"}"
        .formatted(text, text.hashCode());
  }

  private static Says says(String stopReason, String... blocks) {
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
