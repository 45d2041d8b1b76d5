package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.git.Edit;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubmissionTest {
  private static final Exchange EXCHANGE = Exchange.none(Instant.EPOCH);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tool\":\"submit_path\",\"arguments\":{\"edits\":[{\"op\":\"delete\",\"path\":\"a\"}]}}",
        "{\"edits\":[{\"op\":\"delete\",\"path\":\"a\"}]}",
        "Sure:\n```json\n{\"edits\":[{\"op\":\"delete\",\"path\":\"a\"}]}\n```\nDone {ok}.",
        "Sure: {\"edits\":[{\"op\":\"delete\",\"path\":\"a\"}]} Done.",
        "```\nint x;\n```\n```\n{\"edits\":[{\"op\":\"delete\",\"path\":\"a\"}]}\n```"
      })
  void findsTheProtocolInText(String text) {
    assertThat(Submission.text(text, EXCHANGE).orElseThrow())
        .isInstanceOfSatisfying(
            Answer.Proposed.class,
            proposed ->
                assertThat(LaneSamples.edits(proposed.proposal()))
                    .containsExactly(new Edit.Delete("a")));
  }

  @Test
  void findsThatNothingShouldBeDone() {
    assertThat(Submission.text("{\"reason\": \"done\"}", EXCHANGE))
        .contains(new Answer.Declined("done", EXCHANGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "{", "}{", "[]", "```json\n{\"edits\": [\n```", "{\"x\": 1}"})
  void findsNothingWhereThereIsNoProtocol(String text) {
    assertThat(Submission.text(text, EXCHANGE)).isEmpty();
  }

  @Test
  void boundsWhatAnAgentCanPutIntoAMessage() {
    String tool = "x\u202e\n".repeat(5_000);

    Answer.Failed failed = (Answer.Failed) Submission.call(tool, Json.object().build(), EXCHANGE);

    assertThat(failed.message()).hasSizeLessThan(200).doesNotContain("\n").doesNotContain("\u202e");
  }
}
