package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.optr.base.Redactor;
import dev.optr.git.Change;
import dev.optr.git.TreeResult;
import dev.optr.workflow.AgentType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every lane does, whatever agent is asked and however. Each adapter's tests play these scenes
 * over the adapter's own wire. Where an agent has no word of its own for what happens in a scene,
 * the scene says what its lane makes of that instead.
 */
public interface LaneContract {
  String REASON = "The tree already does it.";

  Stage stage();

  /** What passes for the lanes as time. */
  TestClock clock();

  /** The lane's credential, which nobody but the agent may see. */
  String credential();

  /** About a tree with a file {@code a.txt} that holds {@code one} and a line break. */
  Question question();

  /** Makes that file hold {@code two}, in as many turns as it can take. */
  Agent proposing();

  /** How many turns the proposing agent is seen to take before its last one. */
  int turnsTold();

  /** Gives {@link #REASON}. */
  Agent declining();

  /** Does not want to, for reasons of policy. */
  Failing refusing();

  /** Is cut off in the middle of its answer. */
  Failing truncated();

  /** Hands in what changes nothing. */
  Failing changingNothing();

  /** Answers with what can be no answer. */
  Failing talkingNonsense();

  /** Is told that its credential is worth nothing, in words that hold it. */
  Failing rejected();

  /** Is told that its money is used up. */
  Failing withoutMoney();

  /** Fails with words that hold the credential. */
  Failing complaining();

  /** Does not stop at what the lane may use. */
  Failing overspending();

  /** Says a little now and then, and never ends. */
  Endless endless();

  /**
   * An agent that fails.
   *
   * @param words that the message holds, besides others
   */
  record Failing(Agent agent, FailureCode code, String words) {
    public Failing(Agent agent, FailureCode code) {
      this(agent, code, "");
    }
  }

  /**
   * @param begun true once the agent is at work
   */
  record Endless(Agent agent, BooleanSupplier begun) {}

  @AfterEach
  default void closesTheStage() {
    stage().close();
  }

  @Test
  default void proposesWhatTheAgentChanged() {
    Agent agent = proposing();
    Question question = question();
    List<String> told = new ArrayList<>();

    Answer answer = answer(agent, question, told);

    assertThat(answer).as(answer.toString()).isInstanceOf(Answer.Proposed.class);
    assertThat(changes(question, ((Answer.Proposed) answer).proposal()))
        .extracting(Change::path, Change::content)
        .containsExactly(tuple("a.txt", "two\n"));
    assertThat(told.stream().filter(line -> line.startsWith("turn "))).hasSize(turnsTold());
    assertThat(answer.exchange().transcript()).isNotEmpty();
  }

  @Test
  default void declinesWithTheReason() {
    assertThat(answer(declining()))
        .isInstanceOfSatisfying(
            Answer.Declined.class, declined -> assertThat(declined.reason()).isEqualTo(REASON));
  }

  @Test
  default void namesARefusal() {
    assertFails(refusing());
  }

  @Test
  default void namesAnAnswerThatWasCutOff() {
    assertFails(truncated());
  }

  @Test
  default void namesAnEmptyChange() {
    assertFails(changingNothing());
  }

  @Test
  default void namesNonsense() {
    assertFails(talkingNonsense());
  }

  @Test
  default void namesACredentialThatIsNotTaken() {
    assertFails(rejected());
  }

  @Test
  default void namesMoneyThatIsUsedUp() {
    assertFails(withoutMoney());
  }

  @Test
  default void takesItsCredentialOutOfForeignWords() {
    assertFails(complaining());
  }

  @Test
  default void endsAtItsBudget() {
    assertFails(overspending());
  }

  @Test
  default void isReleasedByTheLanesTimeWhileTheAnswerTrickles() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Agent agent = watched(endless().agent(), ended);

    Answer answer = asking(agent, Duration.ofSeconds(1), question());

    assertFailedWith(answer, FailureCode.TIMEOUT);
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  default void isEndedByCancellationAndKeepsItsTranscript() throws InterruptedException {
    Endless endless = endless();
    CountDownLatch ended = new CountDownLatch(1);
    Agent agent = watched(endless.agent(), ended);
    Question question = question();
    List<Answer> answers = new ArrayList<>();
    Thread run =
        Thread.ofVirtual().start(() -> answers.add(asking(agent, Duration.ofMinutes(5), question)));
    while (run.isAlive() && !endless.begun().getAsBoolean()) {
      Thread.sleep(20);
    }

    run.interrupt();
    run.join();

    assertFailedWith(answers.getFirst(), FailureCode.CANCELLED);
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(answers.getFirst().exchange().transcript()).isNotEmpty();
  }

  /** The lane's answer, in which nobody finds the credential. */
  default Answer answer(Agent agent) {
    return answer(agent, question(), new ArrayList<>());
  }

  private Answer answer(Agent agent, Question question, List<String> told) {
    try {
      Answer answer =
          agent.ask(question, new LaneLog(null, clock(), event -> told.add(event.text())));
      // Transcripts are redacted where they are kept.
      String shown = answer.toString().replace(answer.exchange().toString(), "");
      assertThat(shown + told + agent).doesNotContain(credential());
      return answer;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertFails(Failing failing) {
    assertThat(assertFailedWith(answer(failing.agent()), failing.code())).contains(failing.words());
  }

  /** Gives the message. */
  default String assertFailedWith(Answer answer, FailureCode code) {
    assertThat(answer).as(answer.toString()).isInstanceOf(Answer.Failed.class);
    Answer.Failed failed = (Answer.Failed) answer;
    assertThat(failed.code()).as(failed.message()).isEqualTo(code);
    assertThat(failed.message())
        .isNotBlank()
        .doesNotContain(credential())
        .doesNotContain("\n")
        .doesNotContain("the agent broke");
    return failed.message();
  }

  private Answer asking(Agent agent, Duration timeout, Question question) {
    Lane lane = new Lane(LaneSamples.spec("lane", AgentType.COMMAND, timeout), agent);
    return new Asking(clock(), new Redactor(List.of())).ask(lane, question, _ -> {});
  }

  private static Agent watched(Agent agent, CountDownLatch ended) {
    return (question, log) -> {
      try {
        return agent.ask(question, log);
      } finally {
        ended.countDown();
      }
    };
  }

  private static List<Change> changes(Question question, Proposal proposal) {
    TreeResult result =
        switch (proposal.work()) {
          case Proposal.Work.Edits(var edits) -> question.trees().apply(question.tree(), edits);
          case Proposal.Work.Changes(var changes) ->
              question.trees().rebuild(question.tree(), changes);
        };
    assertThat(result).isInstanceOf(TreeResult.Applied.class);
    return ((TreeResult.Applied) result).changes();
  }
}
