package dev.optr.agents;

import dev.optr.agents.ReviewQuestion.Order;
import dev.optr.base.Redactor;
import dev.optr.workflow.AgentSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks one lane on a virtual thread of its own and is back in time, whatever the agent does: one
 * that is late is interrupted, and one that does not care about that is left behind.
 */
final class Asking {
  /** How long an interrupted agent may take to end what it started. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Redactor redactor;

  Asking(InstantSource clock, Redactor redactor) {
    this.clock = clock;
    this.redactor = redactor;
  }

  /**
   * The lane's answer; a late one is {@code TIMEOUT}, one that throws is {@code SERVICE}, one whose
   * run is cancelled is {@code CANCELLED} with the caller's thread still marked as interrupted.
   */
  Answer ask(Lane lane, Question question, Consumer<LaneEvent> listener) {
    LaneLog log = new LaneLog(lane.spec().model(), clock, listener);
    return switch (inTime(lane.spec(), log, () -> lane.agent().ask(question, log))) {
      case Whole<Answer>(Answer answer) -> answer;
      case Cut<Answer>(FailureCode code, String message) ->
          new Answer.Failed(code, message, log.exchange());
    };
  }

  /** The lane's judgement, with the same bounds and the same failures as its answer. */
  Judgement judge(
      AgentSpec spec,
      Judge judge,
      ReviewQuestion question,
      Order order,
      Consumer<LaneEvent> listener) {
    LaneLog log = new LaneLog(spec.model(), clock, listener);
    return switch (inTime(spec, log, () -> judge.judge(question, order, log))) {
      case Whole<Judgement>(Judgement judgement) -> judgement;
      case Cut<Judgement>(FailureCode code, String message) ->
          new Judgement.Failed(code, message, log.exchange());
    };
  }

  private sealed interface Ended<T> {}

  private record Whole<T>(T answer) implements Ended<T> {}

  private record Cut<T>(FailureCode code, String message) implements Ended<T> {}

  private <T> Ended<T> inTime(AgentSpec spec, LaneLog log, Callable<T> agent) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread asked =
        Thread.ofVirtual().name("lane " + spec.name()).start(() -> complete(answer, agent));
    Duration timeout = spec.timeout();
    Cut<T> failure;
    try {
      return new Whole<>(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      String seconds = timeout.toMillis() / 1000.0 + " s";
      failure = new Cut<>(FailureCode.TIMEOUT, "no whole answer within " + seconds);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      failure = new Cut<>(FailureCode.CANCELLED, "the run was cancelled");
    } catch (ExecutionException e) {
      failure = new Cut<>(FailureCode.SERVICE, brokenBy(e));
    }
    asked.interrupt();
    awaitBriefly(asked);
    String remains = log.remaining().map(what -> "; " + what).orElse("");
    return new Cut<>(failure.code(), failure.message() + remains);
  }

  private static <T> void complete(CompletableFuture<T> answer, Callable<T> agent) {
    try {
      answer.complete(agent.call());
    } catch (Throwable anything) {
      // Everything is caught so that one lane's bug is that lane's failure, not the others'.
      answer.completeExceptionally(anything);
    }
  }

  private String brokenBy(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
      // The whole program is out of memory or broken, not this lane.
      throw fatal;
    }
    String message = redactor.redact(String.valueOf(cause.getMessage()));
    return "the agent broke: "
        + cause.getClass().getSimpleName()
        + (cause.getMessage() == null ? "" : ": " + ProviderFailure.oneLine(message));
  }

  /** So that what an interrupted agent started at its provider can be ended, and written down. */
  private static void awaitBriefly(Thread asked) {
    boolean interrupted = Thread.interrupted();
    try {
      asked.join(GRACE);
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
