package dev.optr.agents;

import java.time.Duration;
import java.time.Instant;

/** Tells once that a turn takes long, so that people see that the lane is alive. */
public final class LongWait {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final LaneRequests requests;
  private final String doing;
  private final Instant since;
  private boolean told;

  /**
   * Begins now.
   *
   * @param doing what is waited for, in safe words
   */
  public LongWait(LaneRequests requests, String doing) {
    this.requests = requests;
    this.doing = doing;
    this.since = requests.now();
  }

  /** One more look brought no end. */
  public void goesOn() {
    Duration waited = Duration.between(since, requests.now());
    if (!told && waited.compareTo(LONG) >= 0) {
      told = true;
      requests.tell(new LaneEvent.Waiting(doing + ", for " + waited.toSeconds() + " s so far"));
    }
  }
}
