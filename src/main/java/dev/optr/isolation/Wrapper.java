package dev.optr.isolation;

import java.util.ArrayList;
import java.util.List;

/**
 * The few lines of shell that stand before a confined program: what belongs to a process and not to
 * a thread can only be set there. A limit that cannot be set ends it with 125 before the program.
 */
final class Wrapper {
  // ulimit -f counts in blocks of 512 bytes (POSIX); processes are -u in bash, -p in dash and ash.
  private static final String SCRIPT =
      "ulimit -c 0 && ulimit -f \"$1\" && ulimit -n \"$2\""
          + " && { ulimit -u \"$3\" 2>/dev/null || ulimit -p \"$3\"; } || exit 125;"
          + " shift 3; umask 022;"
          + " if command -v setsid >/dev/null; then exec setsid \"$@\"; fi;"
          + " exec \"$@\"";
  private static final int BLOCK = 512;

  private Wrapper() {}

  /**
   * @param own what this process may have itself, which nobody below it can raise
   * @param running processes and threads that its user id has already
   */
  static List<String> around(List<String> command, Limits limits, OwnLimits own, int running) {
    long processes = Math.min(own.processes(), running + (long) limits.processes());
    List<String> whole = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "optr"));
    whole.add(Long.toString(Math.min(own.fileSize(), limits.bytes()) / BLOCK));
    whole.add(Long.toString(Math.min(own.openFiles(), limits.openFiles())));
    whole.add(Long.toString(processes));
    whole.addAll(command);
    return whole;
  }
}
