package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.workflow.AgentType;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnavailableAgentTest {
  private static final Exchange NOTHING = Exchange.none(Instant.EPOCH);

  @TempDir Path directory;

  @Test
  void saysWhatToSetOrWhatIsMissing() {
    Question question = LaneSamples.question(directory);

    assertThat(
            UnavailableAgent.withoutCredential("input 'openai-api-key'")
                .ask(question, LaneSamples.log()))
        .isEqualTo(
            new Answer.Failed(
                FailureCode.UNAVAILABLE, "no credential; set the input 'openai-api-key'", NOTHING));
    assertThat(
            UnavailableAgent.because(
                    "agents of type 'github-copilot' are not built in this version")
                .ask(question, LaneSamples.log()))
        .isEqualTo(
            new Answer.Failed(
                FailureCode.UNAVAILABLE,
                "agents of type 'github-copilot' are not built in this version",
                NOTHING));
  }

  @Test
  void shipsADefaultModelForEachProvider() {
    Models models = Models.shipped();

    assertThat(models.dated()).matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}");
    assertThat(models.of(AgentType.OPENAI_CODEX).orElseThrow().name()).isEqualTo("gpt-6.1-sol");
    assertThat(models.of(AgentType.ANTHROPIC_CLAUDE).orElseThrow().name())
        .isEqualTo("claude-opus-5-5");
    assertThat(models.of(AgentType.RECORDED)).isEmpty();
  }
}
