package dev.optr.record;

import java.util.List;
import java.util.Map;

/**
 * What earlier runs took, as their documents say it: good enough for an estimate, and for nothing
 * else, since it is taken as it stands.
 *
 * @param runs of which something could be read
 * @param unreadable documents that could not be, one sentence each with the path
 * @param head milliseconds of one run of an invariant's command on frozen commits, by its id
 * @param paths the same on what agents proposed
 * @param setUp milliseconds of one job besides its steps that verify
 * @param lanes by agent
 * @param judges USD of all judging of one run, where every price is known
 */
public record PastCosts(
    int runs,
    List<String> unreadable,
    Map<String, Seen> head,
    Map<String, Seen> paths,
    Seen setUp,
    Map<String, Lane> lanes,
    Seen judges) {
  public PastCosts {
    unreadable = List.copyOf(unreadable);
    head = Map.copyOf(head);
    paths = Map.copyOf(paths);
    lanes = Map.copyOf(lanes);
  }

  /**
   * What one agent did.
   *
   * @param asked in how many runs
   * @param proposed in how many of these it proposed a path
   * @param millis how long its lane took, where it was asked
   * @param usd what that took, where the price is known
   */
  public record Lane(int asked, int proposed, Seen millis, Seen usd) {
    static final Lane NEVER = new Lane(0, 0, Seen.NOTHING, Seen.NOTHING);
  }

  /** Nothing is recorded. */
  public static PastCosts none() {
    return new PastCosts(0, List.of(), Map.of(), Map.of(), Seen.NOTHING, Map.of(), Seen.NOTHING);
  }

  public Seen ofHead(String invariant) {
    return head.getOrDefault(invariant, Seen.NOTHING);
  }

  public Seen ofPaths(String invariant) {
    return paths.getOrDefault(invariant, Seen.NOTHING);
  }

  public Lane of(String agent) {
    return lanes.getOrDefault(agent, Lane.NEVER);
  }
}
