package dev.optr.agents.copilot;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The branches of one run that tasks start from. Lanes about the same commit share one; who leaves
 * it last deletes it, and who comes meanwhile waits for that and makes it anew.
 */
public final class FrozenBranches {
  private final Map<String, Integer> users = new HashMap<>();
  private final Set<String> there = new HashSet<>();
  private final Set<String> made = new HashSet<>();
  private final Set<String> goingAway = new HashSet<>();
  private final Set<String> tasks = new HashSet<>();

  synchronized void enter(String branch) throws InterruptedException {
    while (goingAway.contains(branch)) {
      wait();
    }
    users.merge(branch, 1, Integer::sum);
  }

  /** One of those who are in has made the branch. */
  synchronized void made(String branch) {
    made.add(branch);
    there.add(branch);
  }

  /** One of those who are in has found it made, or does not know who made it. */
  synchronized void found(String branch) {
    there.add(branch);
  }

  /** True where it was this run that made the branch. */
  synchronized boolean isMade(String branch) {
    return made.contains(branch);
  }

  /** This run has started a task. */
  synchronized void started(Task task) {
    tasks.add(task.id());
  }

  /** Ids of all tasks of this run. */
  synchronized Set<String> started() {
    return Set.copyOf(tasks);
  }

  /**
   * True for the last one where the branch is there: that one deletes it, and then says so by
   * {@link #deleted}.
   */
  synchronized boolean leave(String branch) {
    int left = users.merge(branch, -1, Integer::sum);
    if (left > 0) {
      return false;
    }
    users.remove(branch);
    return there.remove(branch) && goingAway.add(branch);
  }

  /** Whether it worked or not: the branch is left alone from now on. */
  synchronized void deleted(String branch) {
    made.remove(branch);
    goingAway.remove(branch);
    notifyAll();
  }
}
