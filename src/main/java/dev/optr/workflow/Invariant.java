package dev.optr.workflow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that must succeed on the candidate.
 *
 * @param run one line for {@code sh -c}, run in the candidate's directory
 * @param junit glob of JUnit XML reports, null where none are written
 * @param network hosts it may reach, {@code host:port}; empty = none
 * @param env names of variables passed on from our environment
 */
public record Invariant(
    String id,
    String run,
    Duration timeout,
    Must must,
    @Nullable String junit,
    int retries,
    List<String> network,
    List<String> env,
    List<String> caches) {

  public Invariant {
    network = List.copyOf(network);
    env = List.copyOf(env);
    caches = List.copyOf(caches);
  }

  public enum Must {
    HOLD,
    NOT_WORSEN
  }
}
