package dev.optr.agents.copilot;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneLog;
import dev.optr.agents.Retries;
import dev.optr.agents.RetryAfter;
import dev.optr.agents.WireJson;
import dev.optr.base.ConnectionFault;
import dev.optr.base.JsonException;
import dev.optr.base.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One lane's calls to GitHub: repeated where that is safe, held back by its rate limits. */
final class GitHubCalls {
  private static final int MOST_WAITS = 5;
  private static final Duration SECONDARY_LIMIT = Duration.ofSeconds(60);

  private final Retries retries;
  private final InstantSource clock;
  private final RequestLines lines;
  private final LaneLog log;
  private final Instant deadline;

  /**
   * @param redactor of the lane's token, for what GitHub says in its errors
   * @param deadline of the lane
   */
  GitHubCalls(
      Retries retries, InstantSource clock, Redactor redactor, LaneLog log, Instant deadline) {
    this.retries = retries;
    this.clock = clock;
    this.lines = new RequestLines(redactor, log);
    this.log = log;
    this.deadline = deadline;
  }

  /** Sends what may be sent twice, until it is answered; errors are answers too. */
  Result<HttpReply> repeat(GitHubRequest request) throws InterruptedException {
    return look(request, _ -> true);
  }

  /**
   * Sends what may be sent twice, for the sake of what has changed since the last time.
   *
   * @param news an answer without it is counted in the transcript, and has no line of its own
   */
  Result<HttpReply> look(GitHubRequest request, Predicate<HttpReply> news)
      throws InterruptedException {
    for (int waits = 0; ; waits++) {
      Retries.Attempts attempts =
          retries.send(
              deadline, reply -> limit(reply).isPresent(), () -> lines.send(request, news));
      @Nullable HttpReply reply = attempts.reply();
      for (int again = 1; again < attempts.requests(); again++) {
        log.retried();
      }
      if (reply == null) {
        return unanswered(attempts);
      }
      Optional<Duration> wait = limit(reply);
      if (wait.isEmpty()) {
        return Result.got(reply);
      }
      if (waits == MOST_WAITS || clock.instant().plus(wait.get()).isAfter(deadline)) {
        return limited(reply, wait.get());
      }
      retries.pause(wait.get());
      log.retried();
    }
  }

  /** How a request ended that must not be sent twice. */
  sealed interface Once {
    record Answered(HttpReply reply) implements Once {}

    /** It never left, so that it may be sent again. */
    record NeverLeft() implements Once {}

    /** Nobody knows what became of it. */
    record Cut() implements Once {}
  }

  /** Sends once, but for rate limits, which say that nothing was done. */
  Result<Once> once(GitHubRequest request) throws InterruptedException {
    for (int waits = 0; ; waits++) {
      HttpReply reply;
      try {
        reply = lines.send(request, _ -> true);
      } catch (ConnectException | HttpConnectTimeoutException neverLeft) {
        endIfInterrupted();
        return Result.got(new Once.NeverLeft());
      } catch (IOException cut) {
        endIfInterrupted();
        return Result.got(new Once.Cut());
      }
      Optional<Duration> wait = limit(reply);
      if (wait.isEmpty()) {
        return Result.got(new Once.Answered(reply));
      }
      if (waits == MOST_WAITS || clock.instant().plus(wait.get()).isAfter(deadline)) {
        return limited(reply, wait.get());
      }
      retries.pause(wait.get());
      log.retried();
    }
  }

  /** Waits between two looks. */
  void pause(Duration duration) throws InterruptedException {
    retries.pause(duration);
  }

  /** A success as a record of the wire; anything else ends the lane. */
  <T extends Record> Result<T> read(HttpReply reply, Class<T> type, String doing) {
    if (!reply.isSuccess() || reply.tooLarge()) {
      return failed(reply, doing);
    }
    try {
      return Result.got(WireJson.read(reply.body().utf8(), type));
    } catch (JsonException notTheirs) {
      return unreadable(doing);
    }
  }

  <T> Result<T> unreadable(String doing) {
    return Result.ended(
        FailureCode.SERVICE,
        "GitHub answered with something that is no answer of its API (" + doing + ")");
  }

  /** The lane's end for an answer that is none of those expected. */
  <T> Result<T> failed(HttpReply reply, String doing) {
    if (reply.tooLarge()) {
      return Result.ended(
          FailureCode.SERVICE,
          "GitHub answered with more than %d bytes (%s)".formatted(HttpReply.LARGEST, doing));
    }
    FailureCode code =
        switch (reply.status()) {
          case 401, 403 -> FailureCode.AUTH;
          case 402 -> FailureCode.QUOTA;
          case 404 -> FailureCode.UNAVAILABLE;
          default -> FailureCode.SERVICE;
        };
    return Result.ended(code, answered(reply, doing));
  }

  /** What GitHub answered, in a bounded line. */
  String answered(HttpReply reply, String doing) {
    String said = RequestLines.said(reply).map(words -> ": " + quoted(words)).orElse("");
    return "GitHub answered %d (%s)%s".formatted(reply.status(), doing, said);
  }

  /** Foreign words for a message: bounded, on one line, without the lane's token. */
  String quoted(String words) {
    return lines.quoted(words);
  }

  /** The HTTP client reports an interruption as a cut connection, with the mark set again. */
  private static void endIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /**
   * How long a rate limit asks to wait (docs.github.com, "Rate limits for the REST API"); empty
   * where the answer is about none.
   */
  private Optional<Duration> limit(HttpReply reply) {
    if (reply.status() != 403 && reply.status() != 429) {
      return Optional.empty();
    }
    Optional<Duration> asked = RetryAfter.of(reply, clock);
    if (asked.isPresent()) {
      return asked.map(GitHubCalls::atLeastASecond);
    }
    OptionalLong reset = seconds(reply, "x-ratelimit-reset");
    if (reply.header("x-ratelimit-remaining").filter("0"::equals).isPresent()
        && reset.isPresent()) {
      return Optional.of(
          atLeastASecond(
              Duration.between(clock.instant(), Instant.ofEpochSecond(reset.getAsLong()))));
    }
    boolean secondary =
        reply.status() == 429
            || RequestLines.said(reply)
                .filter(words -> words.toLowerCase(Locale.ROOT).contains("secondary rate limit"))
                .isPresent();
    return secondary ? Optional.of(SECONDARY_LIMIT) : Optional.empty();
  }

  private static Duration atLeastASecond(Duration wait) {
    return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
  }

  private static OptionalLong seconds(HttpReply reply, String header) {
    String value = reply.header(header).orElse("").strip();
    return value.matches("[0-9]{1,11}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }

  private <T> Result<T> limited(HttpReply reply, Duration wait) {
    return Result.ended(
        FailureCode.RATE_LIMIT,
        answered(reply, "rate limit; it asks to wait %d s".formatted(wait.toSeconds())));
  }

  private static <T> Result<T> unanswered(Retries.Attempts attempts) {
    @Nullable IOException cut = attempts.cut();
    if (attempts.timedOut()) {
      return Result.ended(FailureCode.TIMEOUT, "GitHub did not answer in time");
    }
    if (cut instanceof ConnectionFault fault) {
      return Result.ended(FailureCode.SERVICE, String.valueOf(fault.getMessage()));
    }
    String requests = attempts.requests() == 1 ? "1 request" : attempts.requests() + " requests";
    String cause = cut == null ? "" : ": " + cut.getClass().getSimpleName();
    return Result.ended(FailureCode.SERVICE, "GitHub gave no whole answer to " + requests + cause);
  }
}
