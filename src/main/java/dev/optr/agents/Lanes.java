package dev.optr.agents;

import dev.optr.base.Redactor;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Asks every lane and hands each answer to a step as it comes. The one place that knows parallel
 * from serial; what it gives is in configured order, whatever the timing.
 */
public final class Lanes {
  /** How long cancelled lanes are waited for. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final List<Lane> lanes;
  private final Workflow.Execution execution;
  private final Workflow.Serial serial;
  private final AnswerStore store;
  private final LaneListener listener;
  private final InstantSource clock;
  private final Asking asking;

  /**
   * @param lanes in configured order
   * @param serial how a serial run goes; nothing to a parallel one
   * @param redactor for messages of agents that throw
   * @throws UserException where the workflow asks for an order or a sharing that is not built
   */
  public Lanes(
      List<Lane> lanes,
      Workflow.Execution execution,
      Workflow.Serial serial,
      AnswerStore store,
      LaneListener listener,
      InstantSource clock,
      Redactor redactor) {
    this.lanes = List.copyOf(lanes);
    this.execution = execution;
    this.serial = serial;
    this.store = store;
    this.listener = listener;
    this.clock = clock;
    this.asking = new Asking(clock, redactor);
    if (execution == Workflow.Execution.SERIAL) {
      refuseWhatIsNotBuilt(serial);
    }
  }

  /**
   * Asks all lanes, or in a serial run as many as its stop rule wants, and examines each answer the
   * moment it is whole. A fault of the step or of the disk is thrown once every lane has ended, so
   * that no answer that was paid for is lost.
   *
   * @return what the step gave, one per lane
   * @throws InterruptedException when the calling thread is interrupted; every lane has been
   *     cancelled then
   */
  public <T> List<T> run(Question question, Step<T> step) throws InterruptedException {
    return switch (execution) {
      case PARALLEL -> parallel(question, step);
      case SERIAL -> serial(question, step);
    };
  }

  private <T> List<T> parallel(Question question, Step<T> step) throws InterruptedException {
    List<FutureTask<T>> ways =
        lanes.stream().map(lane -> new FutureTask<>(() -> through(lane, question, step))).toList();
    List<Thread> threads = new ArrayList<>();
    for (FutureTask<T> way : ways) {
      // Platform threads: examinations compute, and on virtual threads they could keep the answers
      // of other lanes, whose time is running, from being noticed.
      threads.add(Thread.ofPlatform().daemon().name("lane-", threads.size()).start(way));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException cancelled) {
      threads.forEach(Thread::interrupt);
      waitBriefly(threads);
      throw cancelled;
    }
    return results(ways);
  }

  private <T> List<T> serial(Question question, Step<T> step) throws InterruptedException {
    List<T> results = new ArrayList<>();
    @Nullable String admissible = null;
    for (Lane lane : lanes) {
      if (admissible == null) {
        T result = through(lane, question, step);
        results.add(result);
        boolean stop = serial.stop() == Workflow.Serial.Stop.FIRST_ADMISSIBLE;
        admissible = stop && step.admissible(result) ? lane.spec().name() : null;
      } else {
        String reason = "'" + admissible + "' gave an admissible path";
        Answer answer = new Answer.NotAsked(reason, Exchange.none(clock.instant()));
        results.add(step.examine(lane.spec(), answer));
      }
    }
    return results;
  }

  private <T> T through(Lane lane, Question question, Step<T> step) throws InterruptedException {
    Answer answer = answer(lane, question);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    T result = step.examine(lane.spec(), answer);
    tell(lane, new LaneEvent.Examined());
    return result;
  }

  private Answer answer(Lane lane, Question question) {
    if (lane.spec().role() == AgentSpec.Role.JUDGE) {
      return new Answer.NotAsked("it only judges ('role: judge')", Exchange.none(clock.instant()));
    }
    String inputDigest = question.intent().digest();
    Optional<Answer> kept = store.find(inputDigest, lane.spec());
    if (kept.isPresent()) {
      tell(lane, new LaneEvent.Taken(kept.get().outcome()));
      return kept.get();
    }
    tell(lane, new LaneEvent.Asked());
    Answer answer = asking.ask(lane, question, event -> tell(lane, event));
    // An interrupted thread cannot write files, and a cancelled lane has nothing to keep.
    if (!Thread.currentThread().isInterrupted()) {
      store.keep(inputDigest, lane.spec(), answer);
    }
    tell(lane, LaneEvent.answered(answer));
    return answer;
  }

  private void tell(Lane lane, LaneEvent event) {
    listener.heard(lane.spec().name(), event);
  }

  private static void waitBriefly(List<Thread> threads) throws InterruptedException {
    long end = System.nanoTime() + FAREWELL.toNanos();
    for (Thread thread : threads) {
      thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  private static <T> List<T> results(List<FutureTask<T>> ways) throws InterruptedException {
    List<Throwable> faults = new ArrayList<>();
    for (FutureTask<T> way : ways) {
      if (way.state() == FutureTask.State.FAILED) {
        faults.add(way.exceptionNow());
      }
    }
    if (faults.isEmpty()) {
      return ways.stream().map(FutureTask::resultNow).toList();
    }
    Throwable first = faults.removeFirst();
    faults.forEach(first::addSuppressed);
    switch (first) {
      case Error error -> throw error;
      case RuntimeException fault -> throw fault;
      case InterruptedException interrupted -> throw interrupted;
      default -> throw new IllegalStateException(first);
    }
  }

  private static void refuseWhatIsNotBuilt(Workflow.Serial serial) {
    List<String> messages = new ArrayList<>();
    if (serial.order() != Workflow.Serial.Order.CONFIGURED) {
      messages.add(notBuilt("order", serial.order(), "configured"));
    }
    if (serial.share() != Workflow.Serial.Share.NONE) {
      messages.add(notBuilt("share", serial.share(), "none"));
    }
    if (!messages.isEmpty()) {
      throw new UserException(messages);
    }
  }

  private static String notBuilt(String key, Enum<?> found, String instead) {
    String value = found.name().toLowerCase(Locale.ROOT);
    return "workflow: 'serial."
        + key
        + ": "
        + value
        + "' is not built yet; write '"
        + instead
        + "'";
  }
}
