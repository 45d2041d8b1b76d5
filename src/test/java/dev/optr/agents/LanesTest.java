package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.git.Edit;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LanesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final Exchange PAID =
      new Exchange(
          "m",
          new Usage(5L, 7L, null, null, null, null, 1, 0),
          List.of(),
          NOW,
          3,
          false,
          List.of());
  private static final Proposal PROPOSAL =
      new Proposal(
          "s", "r", null, List.of(), List.of(), List.of(), List.of(new Edit.Delete("a.txt")));
  private static final Agent PROPOSES = (_, _) -> new Answer.Proposed(PROPOSAL, PAID);
  private static final Agent DECLINES = (_, _) -> new Answer.Declined("fine as it is", PAID);
  private static final Agent HANGS =
      (_, _) -> {
        new CountDownLatch(1).await();
        throw new AssertionError("never released");
      };

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  @TempDir Path directory;
  private Question question;

  @BeforeEach
  void ask() {
    question = LaneSamples.question(directory.resolve("repository"));
  }

  @Test
  void endsEveryLaneInOneTypedAnswerInConfiguredOrder() throws InterruptedException {
    Agent throwing =
        (_, _) -> {
          throw new IllegalStateException("no luck with hunter2-hunter2");
        };
    List<Lane> lanes =
        List.of(
            lane("hangs", HANGS),
            lane("throws", throwing),
            lane("declines", DECLINES),
            lane("proposes", PROPOSES));

    List<Answer> answers = parallel(lanes).run(question, step());

    assertThat(answers)
        .extracting(LanesTest::said)
        .containsExactly("failed TIMEOUT", "failed SERVICE", "declined", "proposed");
    assertThat(((Answer.Failed) answers.get(1)).message())
        .isEqualTo("the agent broke: IllegalStateException: no luck with ***");
  }

  @Test
  void keepsTheOrderWhateverTheTiming() throws InterruptedException {
    CountDownLatch lastIsExamined = new CountDownLatch(1);
    Agent slow =
        (_, _) -> {
          lastIsExamined.await();
          return new Answer.Declined("slow", PAID);
        };
    Step<String> naming =
        new Step<>() {
          @Override
          public String examine(AgentSpec lane, Answer answer) {
            if (lane.name().equals("last")) {
              lastIsExamined.countDown();
            }
            return lane.name();
          }

          @Override
          public boolean admissible(String result) {
            return false;
          }
        };
    List<Lane> lanes = List.of(lane("first", slow, Duration.ofSeconds(20)), lane("last", PROPOSES));

    assertThat(parallel(lanes).run(question, naming)).containsExactly("first", "last");
  }

  @Test
  void asksAllLanesAtOnce() throws InterruptedException {
    int count = 64;
    CountDownLatch allAreAsked = new CountDownLatch(count);
    Agent meeting =
        (_, _) -> {
          allAreAsked.countDown();
          return allAreAsked.await(20, TimeUnit.SECONDS)
              ? new Answer.Declined("met", PAID)
              : new Answer.Failed(FailureCode.SERVICE, "alone", PAID);
        };
    List<Lane> lanes =
        IntStream.range(0, count)
            .mapToObj(i -> lane("lane" + i, meeting, Duration.ofSeconds(30)))
            .toList();

    assertThat(parallel(lanes).run(question, step()))
        .hasSize(count)
        .allSatisfy(answer -> assertThat(said(answer)).isEqualTo("declined"));
  }

  @Test
  void doesNotWaitForAnAgentThatIgnoresItsInterruption() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    Agent stubborn =
        (_, _) -> {
          boolean released = false;
          while (!released) {
            try {
              released = release.await(1, TimeUnit.HOURS);
            } catch (InterruptedException ignored) {
              // Stubborn on purpose: asks for the next interruption.
            }
          }
          return new Answer.Proposed(PROPOSAL, PAID);
        };

    List<Answer> answers =
        parallel(List.of(lane("stubborn", stubborn), lane("proposes", PROPOSES)))
            .run(question, step());

    assertThat(answers).extracting(LanesTest::said).containsExactly("failed TIMEOUT", "proposed");
    release.countDown();
  }

  @Test
  void keepsWhatALateAgentWroteDown() throws InterruptedException {
    Agent late =
        (_, log) -> {
          log.asked();
          log.settled();
          log.used(new TokenUse(5L, 7L, 1L, 0L, 2L), new BigDecimal("0.25"));
          log.endTurn(List.of());
          log.asked();
          new CountDownLatch(1).await();
          throw new AssertionError();
        };

    Answer answer = parallel(List.of(lane("late", late))).run(question, step()).getFirst();

    assertThat(said(answer)).isEqualTo("failed TIMEOUT");
    assertThat(answer.exchange().usage()).isEqualTo(new Usage(5L, 7L, 1L, 0L, 2L, null, 2, 0));
    assertThat(answer.exchange().transcript()).hasSize(1);
  }

  @Test
  void doesNotCountTheExaminationAgainstTheLanesTime() throws InterruptedException {
    CountDownLatch timeIsLongOver = new CountDownLatch(1);
    Agent slowToFail =
        (_, _) -> {
          try {
            new CountDownLatch(1).await();
          } finally {
            timeIsLongOver.countDown();
          }
          throw new AssertionError();
        };
    Step<Answer> patient =
        new Step<>() {
          @Override
          public Answer examine(AgentSpec lane, Answer answer) throws InterruptedException {
            timeIsLongOver.await();
            return answer;
          }

          @Override
          public boolean admissible(Answer result) {
            return false;
          }
        };
    // Both lanes have the same limit: the second lane's end proves that it has passed for both.
    List<Lane> lanes = List.of(lane("proposes", PROPOSES), lane("times-out", slowToFail));

    assertThat(parallel(lanes).run(question, patient))
        .extracting(LanesTest::said)
        .containsExactly("proposed", "failed TIMEOUT");
  }

  @Test
  void cancelsEveryLaneWhenTheRunIsInterrupted() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch released = new CountDownLatch(2);
    Agent waiting =
        (_, log) -> {
          asked.countDown();
          try {
            return HANGS.ask(question, log);
          } finally {
            released.countDown();
          }
        };
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicInteger examined = new AtomicInteger();
    Lanes lanes =
        parallel(
            List.of(
                lane("a", waiting, Duration.ofMinutes(5)),
                lane("b", waiting, Duration.ofMinutes(5))));
    Thread run =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    lanes.run(question, counting(examined));
                  } catch (InterruptedException e) {
                    thrown.set(e);
                  }
                });
    asked.await();

    run.interrupt();
    run.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(examined).hasValue(0);
    assertThat(heard)
        .anyMatch(line -> line.startsWith("a: failed: CANCELLED"))
        .anyMatch(line -> line.startsWith("b: failed: CANCELLED"));
  }

  @Test
  void throwsAFaultOfTheStepOnceAllAnswersAreKept() throws InterruptedException {
    Step<Answer> breaking =
        new Step<>() {
          @Override
          public Answer examine(AgentSpec lane, Answer answer) {
            if (lane.name().equals("first")) {
              throw new UserException("bad rule");
            }
            return answer;
          }

          @Override
          public boolean admissible(Answer result) {
            return false;
          }
        };
    List<Lane> lanes = List.of(lane("first", PROPOSES), lane("second", DECLINES));

    assertThatThrownBy(() -> parallel(lanes).run(question, breaking))
        .isInstanceOf(UserException.class)
        .hasMessage("bad rule");
    assertThat(store().find(LaneSamples.INPUT_DIGEST, lanes.get(0).spec())).isPresent();
    assertThat(store().find(LaneSamples.INPUT_DIGEST, lanes.get(1).spec())).isPresent();
  }

  @Test
  void letsAnExhaustedMemoryEndTheRun() {
    Agent hungry =
        (_, _) -> {
          throw new OutOfMemoryError("test");
        };

    assertThatThrownBy(() -> parallel(List.of(lane("hungry", hungry))).run(question, step()))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void survivesALaneThatRecursesForEver() throws InterruptedException {
    Agent deep =
        (_, _) -> {
          throw new StackOverflowError();
        };

    assertThat(parallel(List.of(lane("deep", deep))).run(question, step()))
        .extracting(LanesTest::said)
        .containsExactly("failed SERVICE");
  }

  @Test
  void takesPaidAnswersFromAnEarlierRunAndAsksAgainAfterOutages() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Agent counted =
        (_, _) -> {
          asked.incrementAndGet();
          return new Answer.Proposed(PROPOSAL, PAID);
        };
    Agent down =
        (_, _) -> {
          asked.incrementAndGet();
          return new Answer.Failed(FailureCode.SERVICE, "down", PAID);
        };
    List<Lane> lanes = List.of(lane("paid", counted), lane("down", down));

    List<Answer> first = parallel(lanes).run(question, step());
    List<Answer> second = parallel(lanes).run(question, step());

    assertThat(second).isEqualTo(first);
    assertThat(asked).hasValue(3);
    assertThat(heard).contains("paid: proposed, kept from an earlier run");
  }

  @Test
  void stopsASerialRunAtTheFirstAdmissiblePath() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Agent counted =
        (_, _) -> {
          asked.incrementAndGet();
          return new Answer.Proposed(PROPOSAL, PAID);
        };
    List<Lane> lanes =
        List.of(lane("a", DECLINES), lane("b", counted), lane("c", counted), lane("d", counted));

    List<Answer> answers =
        serial(lanes, Workflow.Serial.Stop.FIRST_ADMISSIBLE).run(question, step());

    assertThat(answers)
        .extracting(LanesTest::said)
        .containsExactly("declined", "proposed", "not_asked", "not_asked");
    assertThat(answers.getLast())
        .isEqualTo(new Answer.NotAsked("'b' gave an admissible path", Exchange.none(NOW)));
    assertThat(asked).hasValue(1);
  }

  @Test
  void asksEveryLaneOfASerialRunThatStopsNowhere() throws InterruptedException {
    List<Lane> lanes = List.of(lane("a", PROPOSES), lane("b", PROPOSES));

    assertThat(serial(lanes, Workflow.Serial.Stop.ALL).run(question, step()))
        .extracting(LanesTest::said)
        .containsExactly("proposed", "proposed");
  }

  @Test
  void refusesASerialOrderThatIsNotBuilt() {
    Workflow.Serial clever =
        new Workflow.Serial(
            Workflow.Serial.Stop.ALL,
            Workflow.Serial.Order.EXPECTED,
            Workflow.Serial.Share.FINDINGS);

    assertThatThrownBy(() -> lanes(List.of(), Workflow.Execution.SERIAL, clever))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'serial.order: expected'")
        .hasMessageContaining("'serial.share: findings'");
  }

  @Test
  void tellsWhatHappensWithoutTheAgentsWords() throws InterruptedException {
    parallel(List.of(lane("declines", DECLINES))).run(question, step());

    assertThat(heard)
        .containsExactly("declines: asked", "declines: declined after 0.0 s", "declines: examined");
  }

  private Lanes parallel(List<Lane> lanes) {
    return lanes(lanes, Workflow.Execution.PARALLEL, serialUntil(Workflow.Serial.Stop.ALL));
  }

  private Lanes serial(List<Lane> lanes, Workflow.Serial.Stop stop) {
    return lanes(lanes, Workflow.Execution.SERIAL, serialUntil(stop));
  }

  private static Workflow.Serial serialUntil(Workflow.Serial.Stop stop) {
    return new Workflow.Serial(stop, Workflow.Serial.Order.CONFIGURED, Workflow.Serial.Share.NONE);
  }

  private Lanes lanes(List<Lane> lanes, Workflow.Execution execution, Workflow.Serial serial) {
    return new Lanes(
        lanes,
        execution,
        serial,
        store(),
        (lane, event) -> heard.add(lane + ": " + event.text()),
        () -> NOW,
        new Redactor(List.of(Secret.of("hunter2-hunter2"))));
  }

  private AnswerStore store() {
    return new AnswerStore(
        directory.resolve("store"), new Disk(Checkpoint.NONE), new Redactor(List.of()));
  }

  private static Lane lane(String name, Agent agent) {
    return lane(name, agent, Duration.ofMillis(300));
  }

  private static Lane lane(String name, Agent agent, Duration timeout) {
    return new Lane(LaneSamples.spec(name, AgentType.RECORDED, timeout), agent);
  }

  private static Step<Answer> step() {
    return counting(new AtomicInteger());
  }

  private static Step<Answer> counting(AtomicInteger examined) {
    return new Step<>() {
      @Override
      public Answer examine(AgentSpec lane, Answer answer) {
        examined.incrementAndGet();
        return answer;
      }

      @Override
      public boolean admissible(Answer result) {
        return result instanceof Answer.Proposed;
      }
    };
  }

  private static String said(Answer answer) {
    return answer instanceof Answer.Failed failed ? "failed " + failed.code() : answer.outcome();
  }
}
