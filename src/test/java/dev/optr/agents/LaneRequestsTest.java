package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Redactor;
import dev.optr.workflow.AgentType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LaneRequestsTest {
  private static final HttpReply REPLY = new HttpReply(200, Map.of(), Bytes.utf8("{}"), false);

  private final TestClock clock = new TestClock();
  private int sent;

  private LaneRequests.Sent send(String body) throws InterruptedException {
    return new LaneRequests(
            LaneSamples.spec("lane", AgentType.OPENAI_CODEX, Duration.ofMinutes(5)),
            "model",
            new Silent(),
            new Retries(new Random(7), clock, clock, _ -> {}),
            new Redactor(List.of()),
            LaneSamples.log(clock))
        .send(
            body,
            () -> {
              sent++;
              return REPLY;
            });
  }

  @Test
  void endsAConversationThatOutgrowsEveryModel() throws InterruptedException {
    assertThat(send("x".repeat(LaneRequests.LONGEST + 1)))
        .isEqualTo(
            new LaneRequests.Failed(
                FailureCode.SERVICE,
                "the conversation has grown to more than 67108864 characters, whatever tokens were"
                    + " told"));
    assertThat(sent).isZero();
  }

  @Test
  void sendsWhatFits() throws InterruptedException {
    assertThat(send("x")).isEqualTo(new LaneRequests.Answered(REPLY));
    assertThat(sent).isEqualTo(1);
  }

  /** Opens no conversation: requests alone are looked at. */
  private static final class Silent implements Provider {
    @Override
    public String name() {
      return "Silent";
    }

    @Override
    public String credential() {
      return "nothing";
    }

    @Override
    public String requestIdHeader() {
      return "x-request-id";
    }

    @Override
    public Protocol protocol() {
      return Protocol.TOOLS;
    }

    @Override
    public ProviderFailure failure(HttpReply reply) {
      return ProviderFailure.UNKNOWN;
    }

    @Override
    public Conversation open(String model, Prompt prompt, List<Tool> tools, LaneRequests requests) {
      throw new IllegalStateException("nobody asks");
    }
  }
}
