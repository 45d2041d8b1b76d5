package dev.optr.agents;

import dev.optr.base.Redactor;
import java.time.Duration;
import java.time.InstantSource;
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
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread asked =
        Thread.ofVirtual()
            .name("lane " + lane.spec().name())
            .start(() -> complete(answer, lane.agent(), question, log));
    Duration timeout = lane.spec().timeout();
    Failure failure;
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      String seconds = timeout.toMillis() / 1000.0 + " s";
      failure = new Failure(FailureCode.TIMEOUT, "no whole answer within " + seconds);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      failure = new Failure(FailureCode.CANCELLED, "the run was cancelled");
    } catch (ExecutionException e) {
      failure = new Failure(FailureCode.SERVICE, brokenBy(e));
    }
    asked.interrupt();
    awaitBriefly(asked);
    String remains = log.remaining().map(what -> "; " + what).orElse("");
    return new Answer.Failed(failure.code(), failure.message() + remains, log.exchange());
  }

  private record Failure(FailureCode code, String message) {}

  private static void complete(
      CompletableFuture<Answer> answer, Agent agent, Question question, LaneLog log) {
    try {
      answer.complete(agent.ask(question, log));
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
