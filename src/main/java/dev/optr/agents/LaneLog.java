package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One lane's own record, written while it is asked: what stands here survives whatever ends the
 * lane. Safe for several threads, since a lane that is late is read while it still writes.
 */
public final class LaneLog {
  // Of answers as they came. All of it is held in memory until the lane ends, beside other lanes.
  private static final long MOST_KEPT = 32L << 20;

  private final InstantSource clock;
  private final Instant startedAt;
  private final Consumer<LaneEvent> listener;
  private final List<String> requestIds = new ArrayList<>();
  private final List<JsonObject> transcript = new ArrayList<>();
  private final List<JsonObject> openTurn = new ArrayList<>();
  private @Nullable String model;
  private TokenUse tokens = TokenUse.NONE;
  private @Nullable BigDecimal usd = BigDecimal.ZERO;
  private int turns;
  private int requests;
  private int retries;
  private int lost;
  private long kept;
  private boolean clipped;
  private boolean inFlight;
  private @Nullable String remains;

  /**
   * @param model that is asked; null where the lane names none
   * @param listener hears of the lane's progress
   */
  public LaneLog(@Nullable String model, InstantSource clock, Consumer<LaneEvent> listener) {
    this.model = model;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.listener = listener;
  }

  InstantSource clock() {
    return clock;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** The model, as the provider names it. */
  public synchronized void model(String name) {
    model = name;
  }

  /** The lane does not get the whole frozen input. */
  public synchronized void clipped() {
    clipped = true;
  }

  /** A request is about to be sent. */
  public synchronized void asked() {
    requests++;
    inFlight = true;
  }

  /** The last request was answered, or never left. */
  public synchronized void settled() {
    inFlight = false;
  }

  /** The last request was answered, but what it asked for goes on. */
  synchronized void running() {
    inFlight = true;
  }

  /** The last request was another attempt at the one before. */
  public synchronized void retried() {
    retries++;
  }

  public synchronized void requestId(String id) {
    requestIds.add(id);
  }

  /**
   * What a turn took.
   *
   * @param price in USD; null = not known
   */
  public synchronized void used(TokenUse taken, @Nullable BigDecimal price) {
    inFlight = false;
    tokens = tokens.plus(taken);
    usd = usd == null || price == null ? null : usd.add(price);
  }

  /** Something was asked and perhaps paid for, and nobody said what it took. */
  public synchronized void usedUnknown() {
    inFlight = false;
    lost++;
    tokens = tokens.equals(TokenUse.NONE) ? TokenUse.UNKNOWN : tokens;
    usd = null;
  }

  /** How often something was asked of which nobody said what it took. */
  synchronized int lost() {
    return lost;
  }

  /** Tokens so far, input and output. */
  public synchronized long tokens() {
    return tokens.known();
  }

  /** One line of the transcript that is no turn. */
  public synchronized void line(JsonObject line) {
    transcript.add(line);
  }

  /**
   * The same for a line that says again and again the same: those that follow one another are one
   * line, whose member {@code times} counts them.
   */
  public synchronized void countedLine(JsonObject line) {
    JsonObject last = transcript.isEmpty() ? line : transcript.getLast();
    Long times = last.integer("times");
    if (times != null && last.without("times").equals(line)) {
      transcript.set(transcript.size() - 1, line.with("times", Json.number(times + 1)));
    } else {
      transcript.add(line.with("times", Json.number(1)));
    }
  }

  /**
   * Whether the transcript may hold one more answer word by word; if so, it counts from now on.
   *
   * @param bytes of the answer
   */
  synchronized boolean hasRoom(int bytes) {
    if (kept + bytes > MOST_KEPT) {
      return false;
    }
    kept += bytes;
    return true;
  }

  /** A request of the turn that runs, with what was answered. */
  public synchronized void exchanged(JsonObject request) {
    openTurn.add(request);
  }

  /** The turn that runs is over: it becomes one line of the transcript. */
  public synchronized void endTurn(List<JsonObject> calls) {
    turns++;
    transcript.add(turn(turns, calls));
    openTurn.clear();
  }

  /**
   * What goes on at the provider should the lane end now, since nobody can end it from here; null
   * once there is nothing left.
   *
   * @param what in our own words, for the message of a lane that is cut short
   */
  public synchronized void remains(@Nullable String what) {
    remains = what;
  }

  synchronized Optional<String> remaining() {
    return Optional.ofNullable(remains);
  }

  public void tell(LaneEvent event) {
    listener.accept(event);
  }

  /** The exchange as far as it has come. */
  public synchronized Exchange exchange() {
    List<JsonObject> lines = new ArrayList<>(transcript);
    if (!openTurn.isEmpty()) {
      lines.add(turn(turns + 1, List.of()));
    }
    TokenUse said = inFlight && tokens.equals(TokenUse.NONE) ? TokenUse.UNKNOWN : tokens;
    return new Exchange(
        model,
        new Usage(
            said.input(),
            said.output(),
            said.cached(),
            said.cacheWritten(),
            said.reasoning(),
            inFlight ? null : usd,
            requests,
            retries),
        requestIds,
        startedAt,
        Math.max(0, Duration.between(startedAt, clock.instant()).toMillis()),
        clipped,
        lines);
  }

  private JsonObject turn(int number, List<JsonObject> calls) {
    return Json.object()
        .put("role", "turn")
        .put("turn", number)
        .put("requests", Json.array(openTurn))
        .put("calls", Json.array(calls))
        .build();
  }
}
