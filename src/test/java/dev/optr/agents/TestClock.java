package dev.optr.agents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when somebody sleeps. */
public final class TestClock implements InstantSource, Retries.Sleeper {
  private final List<Duration> slept = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T06:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    slept.add(duration);
    now = now.plus(duration);
  }

  /** All waits, in order. */
  public List<Duration> slept() {
    return List.copyOf(slept);
  }
}
