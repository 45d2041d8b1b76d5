package dev.optr.isolation;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Which mechanisms this machine lets us use.
 *
 * @param landlock version of Landlock, 0 = none
 * @param filter whether seccomp filters can be set
 * @param broker whether such a filter can hand system calls to us
 * @param otherUser whether another user id can be taken
 * @param boundingSet whether capabilities can be taken out of the bounding set
 * @param endsAll whether what confined code may signal is exactly what was started with it
 */
record Mechanisms(
    int landlock,
    boolean filter,
    boolean broker,
    boolean otherUser,
    boolean boundingSet,
    boolean endsAll) {

  /**
   * Tries each on a thread that is thrown away.
   *
   * @param place where directories of runs are made; another user must be able to get there
   */
  static Mechanisms find(SystemCalls calls, Path place) {
    int landlock = Landlock.version(calls);
    ThreadRights rights = new ThreadRights(calls);
    return new Mechanisms(
        landlock > 0 && works(() -> restrict(calls, rights, landlock)) ? landlock : 0,
        works(() -> filter(calls, rights)),
        works(() -> listen(calls, rights)),
        works(
            () -> {
              Ownership.requireEntry(place);
              rights.becomeUser(UserIds.FIRST);
            }),
        works(rights::dropBoundingSet),
        false);
  }

  Mechanisms endingAll(boolean proven) {
    return new Mechanisms(landlock, filter, broker, otherUser, boundingSet, otherUser || proven);
  }

  /** The user id that a run is to take, where it can take one. */
  OptionalInt takeUser(UserIds users) {
    return otherUser ? OptionalInt.of(users.take()) : OptionalInt.empty();
  }

  private static boolean works(Runnable mechanism) {
    try (ConfinedThread thread = new ConfinedThread()) {
      thread.run(mechanism);
      return true;
    } catch (RefusedException refused) {
      return false;
    }
  }

  private static void restrict(SystemCalls calls, ThreadRights rights, int version) {
    try (Landlock rules = Landlock.rules(calls, version)) {
      rights.giveUpNewPrivileges();
      rules.restrictThisThread();
    }
  }

  private static void filter(SystemCalls calls, ThreadRights rights) {
    rights.giveUpNewPrivileges();
    rights.filter(SeccompFilter.withoutNetwork(calls.processor()));
  }

  private static void listen(SystemCalls calls, ThreadRights rights) {
    rights.giveUpNewPrivileges();
    long listener = rights.filterAndListen(SeccompFilter.withBroker(calls.processor()));
    calls.checked(SystemCall.CLOSE, listener);
  }
}
