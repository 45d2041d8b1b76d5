package dev.optr.isolation;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the calling thread can do, tried out. Each succeeds in a process that is not confined, and
 * harms nobody where it does.
 */
final class Experiments {
  enum Reach {
    READS_FILES("files of others can be read"),
    WRITES_FILES("files of others can be written"),
    TRUNCATES_FILES("files of others can be truncated"),
    SIGNALS("other programs can be signalled"),
    UNIX_SOCKETS("UNIX sockets"),
    TCP("TCP"),
    UDP("UDP"),
    NETLINK("netlink sockets"),
    NAMESPACES("system calls are not filtered");

    private final String text;

    Reach(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  // sys/socket.h, fcntl.h
  private static final int UNIX = 1;
  private static final int INTERNET = 2;
  private static final int NETLINK_FAMILY = 16;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final int RAW = 3;
  private static final int WORKING_DIRECTORY = -100;
  private static final int READ_ONLY = 0;
  private static final int WRITE_ONLY = 1;

  private final SystemCalls calls;
  private final Path file;
  private final long process;

  /**
   * @param file of ours, empty, open to all users by its permissions
   * @param process of our user, that is not confined
   */
  Experiments(SystemCalls calls, Path file, long process) {
    this.calls = calls;
    this.file = file;
    this.process = process;
  }

  Set<Reach> run() {
    Set<Reach> found = EnumSet.noneOf(Reach.class);
    for (Reach reach : Reach.values()) {
      if (succeeds(reach)) {
        found.add(reach);
      }
    }
    return found;
  }

  private boolean succeeds(Reach reach) {
    return switch (reach) {
      case READS_FILES -> opens(READ_ONLY);
      case WRITES_FILES -> opens(WRITE_ONLY);
      case TRUNCATES_FILES -> truncates();
      case SIGNALS -> calls.call(SystemCall.KILL, process, 0) == 0;
      case UNIX_SOCKETS -> closed(calls.call(SystemCall.SOCKET, UNIX, STREAM, 0));
      case TCP -> closed(calls.call(SystemCall.SOCKET, INTERNET, STREAM, 0));
      case UDP -> closed(calls.call(SystemCall.SOCKET, INTERNET, DATAGRAM, 0));
      case NETLINK -> closed(calls.call(SystemCall.SOCKET, NETLINK_FAMILY, RAW, 0));
      case NAMESPACES -> calls.call(SystemCall.UNSHARE, 0) == 0;
    };
  }

  private boolean opens(int how) {
    try (Arena arena = Arena.ofConfined()) {
      long path = arena.allocateFrom(file.toString()).address();
      return closed(calls.call(SystemCall.OPENAT, WORKING_DIRECTORY, path, how));
    }
  }

  private boolean truncates() {
    try (Arena arena = Arena.ofConfined()) {
      return calls.call(SystemCall.TRUNCATE, arena.allocateFrom(file.toString()).address(), 0) == 0;
    }
  }

  private boolean closed(long descriptor) {
    return descriptor >= 0 && calls.call(SystemCall.CLOSE, descriptor) == 0;
  }
}
