package dev.optr.agents;

import dev.optr.base.Checkpoint;
import dev.optr.base.ConnectionFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one place where requests to providers are sent again: 408, 409, 429, 5xx and cut connections,
 * at most {@link #MOST} attempts, waiting as the provider says, never beyond the lane's time.
 */
public final class Retries {
  /** All attempts at one request. */
  public static final int MOST = 4;

  private final RetryDelay delay;
  private final Sleeper sleeper;
  private final InstantSource clock;
  private final Checkpoint checkpoint;

  public Retries(
      RandomGenerator random, Sleeper sleeper, InstantSource clock, Checkpoint checkpoint) {
    this.delay = new RetryDelay(random, clock);
    this.sleeper = sleeper;
    this.clock = clock;
    this.checkpoint = checkpoint;
  }

  /** Waits; {@code Thread::sleep} outside of tests. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  /** One attempt. */
  @FunctionalInterface
  public interface Call {
    /**
     * @throws IOException where no whole answer came
     */
    HttpReply send() throws IOException, InterruptedException;
  }

  /**
   * How a request ended.
   *
   * @param reply the last answer; null where the last attempt got none
   * @param cut why the last attempt got no answer; null where it got one
   */
  public record Attempts(@Nullable HttpReply reply, @Nullable IOException cut, int requests) {
    /** True where the provider was silent until the lane's time was over. */
    public boolean timedOut() {
      return isTimeout(cut);
    }
  }

  Instant now() {
    return clock.instant();
  }

  /** Waits between two looks at work that a provider does meanwhile. */
  public void pause(Duration duration) throws InterruptedException {
    sleeper.sleep(duration);
  }

  /**
   * Sends until an answer is worth having, or no further attempt is worth making.
   *
   * @param deadline of the lane; no wait goes beyond it
   * @param lasting answers that another attempt cannot mend, such as a used-up quota
   */
  public Attempts send(Instant deadline, Predicate<HttpReply> lasting, Call call)
      throws InterruptedException {
    return send(deadline, lasting, Retries::isTimeout, call);
  }

  /**
   * Sends what must not arrive twice: again only after a 429, or where no connection was made.
   *
   * @param deadline of the lane; no wait goes beyond it
   */
  Attempts sendOnce(Instant deadline, Call call) throws InterruptedException {
    return send(deadline, reply -> reply.status() != 429, cut -> !neverLeft(cut), call);
  }

  private Attempts send(
      Instant deadline, Predicate<HttpReply> lasting, Predicate<IOException> lost, Call call)
      throws InterruptedException {
    for (int requests = 1; ; requests++) {
      @Nullable HttpReply reply = null;
      @Nullable IOException cut = null;
      try {
        reply = call.send();
        checkpoint.passed("request answered with " + reply.status());
      } catch (IOException e) {
        // The HTTP client reports an interruption as a cut connection, with the mark set again.
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        cut = e;
      }
      boolean again =
          requests < MOST
              && (reply == null
                  ? isPassing(cut) && !lost.test(cut)
                  : isPassing(reply) && !lasting.test(reply));
      Duration wait = delay.before(requests, reply);
      if (!again || clock.instant().plus(wait).isAfter(deadline)) {
        return new Attempts(reply, cut, requests);
      }
      sleeper.sleep(wait);
    }
  }

  private static boolean isPassing(@Nullable IOException cut) {
    boolean lasting = cut instanceof ConnectionFault fault && !fault.worthRetrying();
    return !lasting && !isTimeout(cut);
  }

  private static boolean isTimeout(@Nullable IOException cut) {
    return cut instanceof HttpTimeoutException && !(cut instanceof HttpConnectTimeoutException);
  }

  /** No connection was made, so that nothing can have been asked for or paid. */
  static boolean neverLeft(IOException cut) {
    return cut instanceof ConnectException
        || cut instanceof HttpConnectTimeoutException
        || cut instanceof ConnectionFault;
  }

  private static boolean isPassing(HttpReply reply) {
    if (reply.isSuccess()) {
      return false;
    }
    return switch (reply.header("x-should-retry").orElse("")) {
      case "true" -> true;
      case "false" -> false;
      default ->
          switch (reply.status()) {
            case 408, 409, 429 -> true;
            default -> reply.status() >= 500;
          };
    };
  }
}
