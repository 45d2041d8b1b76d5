package dev.optr.agents.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.TestClock;
import dev.optr.agents.Usage;
import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import dev.optr.git.Edit;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordedAgentTest {
  private final TestClock clock = new TestClock();

  @TempDir Path directory;

  @Test
  void answersWhatTheRecordingSaysAfterItsDelay() throws IOException, InterruptedException {
    Answer answer =
        answer(
            """
            {"tool": "submit_path",
             "arguments": {"edits": [{"op": "delete", "path": "a.txt"}]},
             "delayMs": 1500,
             "usage": {"inputTokens": 10, "outputTokens": 20, "usd": 0.25},
             "verdicts": [{"constraint": "c1", "held": true, "quote": "a quote"}]}
            """);

    assertThat(LaneSamples.edits(((Answer.Proposed) answer).proposal()))
        .containsExactly(new Edit.Delete("a.txt"));
    assertThat(clock.slept()).containsExactly(Duration.ofMillis(1500));
    assertThat(answer.exchange().durationMs()).isEqualTo(1500);
    assertThat(answer.exchange().usage())
        .isEqualTo(new Usage(10L, 20L, null, null, null, new BigDecimal("0.25"), 0, 0));
  }

  @Test
  void declinesAndFailsAsRecorded() throws IOException, InterruptedException {
    assertThat(answer("{\"tool\": \"decline\", \"arguments\": {\"reason\": \"done\"}}"))
        .isInstanceOfSatisfying(
            Answer.Declined.class, it -> assertThat(it.reason()).isEqualTo("done"));
    assertThat(
            answer(
                """
                {"tool": "fail", "arguments": {"code": "TIMEOUT", "message": "too late"}}
                """))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            it -> {
              assertThat(it.code()).isEqualTo(FailureCode.TIMEOUT);
              assertThat(it.message()).isEqualTo("too late");
            });
  }

  @Test
  void usedNothingWhereTheRecordingSaysNothing() throws IOException, InterruptedException {
    Answer answer = answer("{\"tool\": \"decline\", \"arguments\": {\"reason\": \"done\"}}");

    assertThat(answer.exchange().usage()).isEqualTo(Usage.NONE);
    assertThat(clock.slept()).isEmpty();
  }

  @Test
  void namesEverythingThatIsWrongWithARecording() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    {"tool": "submit_path", "delay": 5, "delayMs": -1,
                     "arguments": {"edits": [{"op": "delete"}]},
                     "usage": {"inputTokens": "many", "usd": -1, "eur": 1},
                     "verdicts": [{"held": true}, 7]}
                    """))
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.messages())
                    .allSatisfy(it -> assertThat(it).startsWith("recording.json: "))
                    .extracting(it -> it.substring("recording.json: ".length()))
                    .containsExactly(
                        "delay: unknown; known are tool, arguments, delayMs, usage, verdicts",
                        "delayMs: expected a whole number of at least 0",
                        "arguments.edits[0].path: expected a text, found nothing",
                        "usage.eur: unknown; known are inputTokens, outputTokens, usd",
                        "usage.usd: expected a number of at least 0, at most 1000000, with at most 12 decimals",
                        "usage.inputTokens: expected a whole number of at least 0",
                        "verdicts[0].constraint: expected the id of a constraint",
                        "verdicts[1]: expected an object",
                        "verdicts[1].constraint: expected the id of a constraint"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"tool\": \"submit_path\"}",
        "{\"tool\": \"run_shell\", \"arguments\": {}}",
        "{\"tool\": \"decline\", \"arguments\": {}}",
        "{\"tool\": \"fail\", \"arguments\": {\"code\": \"NOPE\"}}",
        "{\"tool\": \"decline\", \"tool\": \"decline\", \"arguments\": {\"reason\": \"x\"}}"
      })
  void refusesARecordingThatIsNone(String recording) {
    assertThatThrownBy(() -> load(recording))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("recording.json");
  }

  private Answer answer(String recording) throws IOException, InterruptedException {
    Path repository = Files.createTempDirectory(directory, "repository");
    return load(recording).ask(LaneSamples.question(repository), LaneSamples.log(clock));
  }

  private RecordedAgent load(String recording) {
    return RecordedAgent.of(spec(), "recording.json", Bytes.utf8(recording), clock, clock);
  }

  private static AgentSpec spec() {
    return LaneSamples.spec("lane", AgentType.RECORDED, Duration.ofSeconds(5));
  }
}
