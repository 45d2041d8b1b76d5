package dev.optr.agents.anthropic;

import static dev.optr.agents.anthropic.ClaudeScript.call;
import static dev.optr.agents.anthropic.ClaudeScript.proposes;
import static dev.optr.agents.anthropic.ClaudeScript.says;
import static dev.optr.agents.anthropic.ClaudeScript.thinking;
import static dev.optr.agents.anthropic.ClaudeScript.wrongAgainAndAgain;
import static dev.optr.agents.anthropic.ClaudeScript.wrongPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Usage;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.testing.AnthropicPlayer;
import dev.optr.testing.AnthropicPlayer.Says;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Claude's conversation must do over several turns, against a vendor that is strict. */
final class ClaudeConversationTest {
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
      Usage usage = ClaudeScript.ask(player, 3, directory).exchange().usage();

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
                  .add(new BigDecimal("0.20").multiply(BigDecimal.valueOf(read)))
                  .add(new BigDecimal("5.00").multiply(BigDecimal.valueOf(written)))
                  .add(new BigDecimal("20.00").multiply(BigDecimal.valueOf(300)))
                  .movePointLeft(6));
    }
  }

  @Test
  void keepsWhatARefusalTook() {
    try (AnthropicPlayer player = AnthropicPlayer.start(says("refusal"))) {
      Answer answer = ask(player);

      assertThat(ClaudeScript.failure(answer).code()).isEqualTo(FailureCode.REFUSED);
      assertThat(ClaudeScript.failure(answer).message()).contains("cyber").contains("declined");
      assertThat(answer.exchange().usage().outputTokens()).isEqualTo(100);
      assertThat(answer.exchange().usage().usd()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"max_tokens", "model_context_window_exceeded"})
  void isTruncatedWhereTheAnswerWasCutEvenIfACallLooksWhole(String reason) {
    try (AnthropicPlayer player = AnthropicPlayer.start(says(reason, wrongPath("t", "b.txt")))) {
      assertThat(ClaudeScript.failure(ask(player)).code()).isEqualTo(FailureCode.TRUNCATED);
    }
  }

  private Answer ask(AnthropicPlayer player) {
    return ClaudeScript.ask(player, 30, directory);
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
}
