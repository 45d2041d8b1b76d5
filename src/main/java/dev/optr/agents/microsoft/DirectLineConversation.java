package dev.optr.agents.microsoft;

import dev.optr.agents.Conversation;
import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.LongWait;
import dev.optr.agents.Message;
import dev.optr.agents.Prompt;
import dev.optr.agents.TokenUse;
import dev.optr.agents.Turn;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a bot: a message is sent, then the bot's activities are looked for until it
 * has been quiet for a while.
 */
final class DirectLineConversation implements Conversation {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(3);
  // A service that always has one more page is looked at as often as any other.
  private static final int MOST_PAGES = 20;
  private static final int MOST_SENDS = 3;
  private static final int LOOKS_FOR_OURS = 2;
  private static final LaneRequests.Failed NOT_TAKEN =
      new LaneRequests.Failed(
          FailureCode.SERVICE, "Direct Line answered a message with something that is no answer");

  private final DirectLineSession session;
  private final String user;
  private final Prompt prompt;
  private final int longest;
  private final LaneRequests requests;
  private boolean over = true;

  /**
   * @param longest most bytes of a message, as JSON
   */
  DirectLineConversation(
      DirectLineSession session, String user, Prompt prompt, int longest, LaneRequests requests) {
    this.session = session;
    this.user = user;
    this.prompt = prompt;
    this.longest = longest;
    this.requests = requests;
  }

  @Override
  public Turn begin(int outputTokens) throws InterruptedException {
    String text = Fitting.whole(prompt);
    if (Fitting.size(text) > longest) {
      return Fitting.tooLong(longest);
    }
    Optional<LaneRequests.Failed> failed = session.open();
    if (failed.isPresent()) {
      return failed.get().turn();
    }
    over = false;
    // What a bot says by way of greeting answers nothing.
    requests.pause(FIRST_LOOK);
    Optional<LaneRequests.Failed> unseen = look(new BotAnswer(user, ""));
    return unseen.isPresent() ? said(unseen.get()).turn() : say(text);
  }

  @Override
  public Turn next(Message message, int outputTokens) throws InterruptedException {
    String text = Fitting.text(message);
    return over
        ? Turn.failed(FailureCode.SERVICE, "the agent ended the conversation")
        : say(Fitting.within(longest, text));
  }

  @Override
  public void close() {
    if (!over) {
      session.end();
    }
  }

  private Turn say(String text) throws InterruptedException {
    BotAnswer answer = new BotAnswer(user, text);
    LaneRequests.@Nullable Failed failed = deliver(text, answer);
    if (failed != null) {
      return session.isDoubtful() || failed.equals(NOT_TAKEN)
          ? unmetered(said(failed))
          : said(failed).turn();
    }
    return unmetered(hear(answer));
  }

  /**
   * Sends our message. Where it is not known whether it arrived it is looked for first, since a
   * second one would be another turn.
   */
  private LaneRequests.@Nullable Failed deliver(String text, BotAnswer answer)
      throws InterruptedException {
    JsonObject activity = Activity.message(user, text);
    for (int sends = 1; ; sends++) {
      switch (session.send(activity)) {
        case LaneRequests.Answered(HttpReply reply) -> {
          Optional<String> id = reply.json().flatMap(body -> Optional.ofNullable(body.text("id")));
          id.ifPresent(answer::taken);
          return answer.isTaken() || hasArrived(answer) ? null : NOT_TAKEN;
        }
        case LaneRequests.Failed failed -> {
          boolean doubtful = session.isDoubtful();
          if (!doubtful || hasArrived(answer)) {
            return doubtful ? null : failed;
          }
          if (sends == MOST_SENDS) {
            return failed;
          }
        }
      }
    }
  }

  private boolean hasArrived(BotAnswer answer) throws InterruptedException {
    for (int looks = 0; looks < LOOKS_FOR_OURS; looks++) {
      requests.pause(LONGEST_LOOK);
      if (look(answer).isPresent()) {
        // Who talks that much talks to us; the next look says so.
        return answer.isTooMuch();
      }
      if (answer.isTaken() || answer.hasMessage()) {
        return true;
      }
    }
    return false;
  }

  private Turn.Said hear(BotAnswer answer) throws InterruptedException {
    Duration wait = FIRST_LOOK;
    int quiet = 0;
    LongWait waiting = new LongWait(requests, "waiting for the agent's answer");
    while (!answer.isEnded() && !(answer.hasMessage() && quiet >= answer.patience())) {
      if (requests.now().plus(wait).isAfter(requests.deadline())) {
        return answer.hasMessage()
            ? new Turn.Text(answer.text())
            : new Turn.Failed(FailureCode.TIMEOUT, "the agent said nothing in time");
      }
      requests.pause(wait);
      waiting.goesOn();
      int before = answer.heard();
      Optional<LaneRequests.Failed> failed = look(answer);
      if (failed.isPresent()) {
        return new Turn.Failed(said(failed.get()).code(), said(failed.get()).message());
      }
      boolean silent = answer.heard() == before;
      quiet = silent ? quiet + 1 : 0;
      wait = silent ? longer(wait) : FIRST_LOOK;
    }
    over = answer.isEnded();
    return new Turn.Text(answer.text());
  }

  private static Duration longer(Duration wait) {
    Duration longer = wait.multipliedBy(3).dividedBy(2);
    return longer.compareTo(LONGEST_LOOK) < 0 ? longer : LONGEST_LOOK;
  }

  /** Hears everything that is there by now. */
  private Optional<LaneRequests.Failed> look(BotAnswer answer) throws InterruptedException {
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      switch (session.page()) {
        case LaneRequests.Failed failed -> {
          return Optional.of(failed);
        }
        case LaneRequests.Answered(HttpReply reply) -> {
          JsonObject page = reply.json().orElse(null);
          if (page == null || !(page.get("activities") instanceof Json.Array(List<Json> found))) {
            return Optional.of(
                new LaneRequests.Failed(
                    FailureCode.SERVICE, "Direct Line answered with no activities"));
          }
          Optional<LaneRequests.Failed> unusable = session.read(page);
          if (unusable.isPresent()) {
            return unusable;
          }
          hear(found, answer);
          if (answer.isTooMuch()) {
            return Optional.of(
                new LaneRequests.Failed(FailureCode.SERVICE, "the agent does not stop to talk"));
          }
          if (found.isEmpty()) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private static void hear(List<Json> activities, BotAnswer answer) {
    activities.stream()
        .filter(JsonObject.class::isInstance)
        .map(json -> new Activity((JsonObject) json))
        .forEach(answer::hear);
  }

  private LaneRequests.Failed said(LaneRequests.Failed failed) {
    return session.isOver()
        ? new LaneRequests.Failed(FailureCode.SERVICE, "Direct Line has ended the conversation")
        : failed;
  }

  private static Turn unmetered(LaneRequests.Failed failed) {
    return unmetered(new Turn.Failed(failed.code(), failed.message()));
  }

  private static Turn unmetered(Turn.Said said) {
    return new Turn(said, TokenUse.UNKNOWN, null);
  }
}
