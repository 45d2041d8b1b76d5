package dev.optr.workflow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that decides about a candidate.
 *
 * @param run one line for {@code sh -c}, run in the candidate's directory
 * @param junit glob of the JUnit XML reports that it writes; null where its tests are counted in
 *     what it prints, if at all
 * @param retries how often it is run again where it is broken
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
    /** It must succeed, whatever it did before. */
    HOLD,
    /** Every test that passed on the frozen commit must still run and pass. */
    NOT_WORSEN
  }
}
