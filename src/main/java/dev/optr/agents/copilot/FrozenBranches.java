package dev.optr.agents.copilot;

import java.util.HashMap;
import java.util.Map;

/**
 * The branches of one run that tasks start from. Lanes about the same commit share one; who leaves
 * it last deletes it.
 */
public final class FrozenBranches {
  private final Map<String, Integer> users = new HashMap<>();

  synchronized void enter(String branch) {
    users.merge(branch, 1, Integer::sum);
  }

  /** True for the last one. */
  synchronized boolean leave(String branch) {
    int left = users.merge(branch, -1, Integer::sum);
    if (left == 0) {
      users.remove(branch);
    }
    return left == 0;
  }
}
