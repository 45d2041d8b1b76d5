package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop over a model that says what the test wants, without any wire. */
final class ToolLoopTest {
  private static final TokenUse USE = new TokenUse(1000L, 200L, 0L, 0L, 0L);
  private static final Turn.Said DECLINED = calls("decline", "{\"reason\": \"it is fine\"}");
  private static final Turn.Said LISTING = calls("list_files", "{\"glob\": \"**\"}");

  @TempDir Path directory;

  private final Deque<Turn.Said> script = new ArrayDeque<>();
  private final List<Message> messages = new ArrayList<>();
  private final List<Prompt> prompts = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();
  private final TestClock clock = new TestClock();
  private int closed;

  @Test
  void goesOnWhereTheProviderPaused() {
    assertThat(ask(30, new Turn.Paused(), DECLINED)).isInstanceOf(Answer.Declined.class);
    assertThat(messages).containsExactly(new Message.Resume());
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void forgivesNonsenseThatIsFollowedBySense() {
    Turn.Said nonsense = new Turn.Text("Sure!");

    assertThat(ask(30, nonsense, LISTING, nonsense, DECLINED)).isInstanceOf(Answer.Declined.class);
    assertThat(ask(30, nonsense, nonsense)).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void answersEmptinessWithOneMoreTurn() {
    Answer answer = ask(30, new Turn.Text(" "), new Turn.Text(""));

    assertThat(((Answer.Failed) answer).code()).isEqualTo(FailureCode.EMPTY);
  }

  @Test
  void answersCallsInTextAsText() {
    Turn.Said call = new Turn.Text("{\"tool\": \"list_files\", \"arguments\": {\"glob\": \"**\"}}");

    ask(30, call, DECLINED);

    assertThat(messages)
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Text.class,
            text -> assertThat(text.text()).contains("\"tool\":\"list_files\"").contains("a.txt"));
  }

  @Test
  void warnsBeforeTheLastTurnAlone() {
    ask(3, LISTING, LISTING, LISTING);

    assertThat(messages).hasSize(2);
    assertThat(messages.getFirst().toString()).doesNotContain("[optr:");
    assertThat(messages.getLast().toString()).contains("your next turn is the last one");
  }

  @Test
  void saysWhoseBoundCutAnAnswer() {
    Turn.Said cut = new Turn.Failed(FailureCode.TRUNCATED, "the answer is incomplete");

    assertThat(((Answer.Failed) ask(30, cut)).code()).isEqualTo(FailureCode.TRUNCATED);
    Answer ours = ask(lane(30, 20_000L), cut);
    assertThat(((Answer.Failed) ours).code()).isEqualTo(FailureCode.BUDGET);
    assertThat(((Answer.Failed) ours).message()).contains("all that the budget left");
  }

  @Test
  void asksForLessAndLessAsTheBudgetShrinks() {
    ask(lane(30, 30_000L), LISTING, LISTING, DECLINED);

    assertThat(outputs).hasSize(3);
    assertThat(outputs.get(1)).isGreaterThan(outputs.get(2));
  }

  @Test
  void writesOneLineForThePromptAndOnePerTurn() {
    Answer answer = ask(30, LISTING, DECLINED);

    assertThat(answer.exchange().transcript()).hasSize(3);
    JsonObject first = answer.exchange().transcript().getFirst();
    assertThat(first.text("role")).isEqualTo("prompt");
    assertThat(prompts)
        .singleElement()
        .satisfies(prompt -> assertThat(first.text("promptDigest")).isEqualTo(prompt.digest()));
    assertThat(answer.exchange().transcript().get(1).toString()).contains("resultSha256");
    assertThat(answer.exchange().usage().inputTokens()).isEqualTo(2000L);
  }

  private Answer ask(int turns, Turn.Said... said) {
    return ask(lane(turns, null), said);
  }

  private Answer ask(AgentSpec lane, Turn.Said... said) {
    script.clear();
    script.addAll(List.of(said));
    messages.clear();
    prompts.clear();
    outputs.clear();
    ToolLoops loops =
        new ToolLoops(
            Models.shipped(),
            Prices.shipped(),
            new RunBudget(Workflow.Budget.NONE),
            new Retries(new Random(7), clock, clock, _ -> {}));
    try {
      return loops
          .over(lane, new Scripted(), new Redactor(List.of()))
          .ask(question(), LaneSamples.log(clock));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Question question() {
    return LaneSamples.question(directory.resolve("repository" + System.nanoTime()));
  }

  private static AgentSpec lane(int turns, @Nullable Long tokens) {
    AgentSpec lane = LaneSamples.spec("lane", AgentType.OPENAI_CODEX, Duration.ofMinutes(5));
    return LaneSamples.bounded(lane, turns, new Workflow.Budget(null, tokens));
  }

  private static Turn.Said calls(String tool, String arguments) {
    return new Turn.Calls(List.of(new ToolCall("call", tool, arguments)));
  }

  /** Says the script. */
  private final class Scripted implements Provider {
    @Override
    public String name() {
      return "Scripted";
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
      prompts.add(prompt);
      return new Conversation() {
        @Override
        public Turn begin(int outputTokens) {
          outputs.add(outputTokens);
          return new Turn(script.removeFirst(), USE, null);
        }

        @Override
        public Turn next(Message message, int outputTokens) {
          messages.add(message);
          return begin(outputTokens);
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }
}
