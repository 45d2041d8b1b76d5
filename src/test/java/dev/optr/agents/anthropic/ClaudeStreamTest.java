package dev.optr.agents.anthropic;

import static dev.optr.agents.anthropic.ClaudeScript.proposes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.testing.AnthropicPlayer;
import dev.optr.testing.AnthropicPlayer.Fails;
import dev.optr.testing.AnthropicPlayer.Stops;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of an answer whose stream breaks. */
final class ClaudeStreamTest {
  @TempDir Path directory;

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

      assertThat(ClaudeScript.failure(answer).code()).isEqualTo(code);
      assertThat(answer.exchange().usage().requests()).isEqualTo(1);
      assertThat(answer.exchange().usage().usd()).isNull();
    }
  }

  @Test
  void saysWhatAStreamFailedOfWhereItFailsAgainAndAgain() {
    try (AnthropicPlayer player = AnthropicPlayer.start(new Fails("overloaded_error", true))) {
      Answer answer = ask(player);

      assertThat(ClaudeScript.failure(answer).message()).contains("529").contains("Overloaded");
      assertThat(answer.exchange().usage().requests()).isEqualTo(4);
    }
  }

  private Answer ask(AnthropicPlayer player) {
    return ClaudeScript.ask(player, 30, directory);
  }
}
