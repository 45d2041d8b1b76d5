package dev.optr.agents;

import dev.optr.base.Redactor;
import dev.optr.workflow.AgentSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one lane on a virtual thread of its own and is back in time, whatever the agent does: one
 * that is late is interrupted, and one that does not care about that is left behind.
 */
final class Asking {
  /** How long an interrupted agent may take to say what it had used. */
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
  Answer ask(Lane lane, Question question) {
    Instant startedAt = clock.instant();
    long started = System.nanoTime();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread asked =
        Thread.ofVirtual()
            .name("lane " + lane.spec().name())
            .start(() -> complete(answer, lane.agent(), question));
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
    return failed(lane.spec(), failure, startedAt, started, lastWord(answer));
  }

  private record Failure(FailureCode code, String message) {}

  private static void complete(CompletableFuture<Answer> answer, Agent agent, Question question) {
    try {
      answer.complete(agent.ask(question));
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

  /** What an interrupted agent still says within the grace. */
  private static @Nullable Answer lastWord(CompletableFuture<Answer> answer) {
    boolean interrupted = Thread.interrupted();
    try {
      return answer.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException nothing) {
      return null;
    } catch (InterruptedException again) {
      interrupted = true;
      return null;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Answer failed(
      AgentSpec spec, Failure failure, Instant startedAt, long started, @Nullable Answer lastWord) {
    long durationMs = (System.nanoTime() - started) / 1_000_000;
    Exchange exchange =
        lastWord != null
            ? lastWord.exchange()
            : new Exchange(
                spec.model(),
                Usage.unknown(1, 0),
                List.of(),
                startedAt,
                durationMs,
                false,
                List.of());
    return new Answer.Failed(failure.code(), failure.message(), exchange);
  }
}
