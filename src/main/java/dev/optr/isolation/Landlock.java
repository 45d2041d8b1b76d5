package dev.optr.isolation;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A set of Landlock rules (landlock(7)): what is not listed cannot be read, written, executed,
 * listened on or connected to, and no process outside can be signalled, as far as the kernel's
 * version of Landlock knows of these.
 */
final class Landlock implements Closeable {
  /** Below it files can be truncated that cannot be written. */
  static final int TRUNCATION = 3;

  static final int NETWORK = 4;
  static final int SCOPES = 6;

  // linux/landlock.h
  private static final long EXECUTE = 1;
  private static final long WRITE_FILE = 1 << 1;
  private static final long READ_FILE = 1 << 2;
  private static final long READ_DIRECTORY = 1 << 3;
  private static final long TRUNCATE = 1 << 14;
  private static final long IOCTL_DEVICE = 1 << 15;
  private static final long MAKE_DEVICES = 1 << 6 | 1 << 11;
  private static final long OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE;
  private static final long BIND_AND_CONNECT = 3;
  private static final long ABSTRACT_SOCKETS_AND_SIGNALS = 3;
  private static final int VERSION_FLAG = 1;
  private static final int PATH_BENEATH = 1;
  // asm-generic/fcntl.h
  private static final int PATH_ONLY_CLOSE_ON_EXEC = 010000000 | 02000000;
  private static final int WORKING_DIRECTORY = -100;

  private final SystemCalls calls;
  private final long descriptor;
  private final long handled;

  private Landlock(SystemCalls calls, long descriptor, long handled) {
    this.calls = calls;
    this.descriptor = descriptor;
    this.handled = handled;
  }

  /** The kernel's version of Landlock, 0 where it has none or it is switched off. */
  static int version(SystemCalls calls) {
    return (int) Math.max(0, calls.call(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, VERSION_FLAG));
  }

  static Landlock rules(SystemCalls calls, int version) {
    long handled = rightsKnownTo(version);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(3 * Long.BYTES, Long.BYTES);
      attributes.setAtIndex(ValueLayout.JAVA_LONG, 0, handled);
      attributes.setAtIndex(ValueLayout.JAVA_LONG, 1, version >= NETWORK ? BIND_AND_CONNECT : 0);
      attributes.setAtIndex(
          ValueLayout.JAVA_LONG, 2, version >= SCOPES ? ABSTRACT_SOCKETS_AND_SIGNALS : 0);
      long descriptor =
          calls.checked(
              SystemCall.LANDLOCK_CREATE_RULESET, attributes.address(), attributes.byteSize(), 0);
      return new Landlock(calls, descriptor, handled);
    }
  }

  private static long rightsKnownTo(int version) {
    int known =
        switch (version) {
          case 1 -> 13;
          case 2 -> 14;
          case 3, 4 -> 15;
          default -> 16;
        };
    return (1L << known) - 1;
  }

  /** May be read and executed, with all that is in it; nothing where it does not exist. */
  Landlock readable(List<Path> places) {
    places.forEach(place -> add(place, EXECUTE | READ_FILE | READ_DIRECTORY));
    return this;
  }

  /** May be read and written as it is; for devices. */
  Landlock device(List<Path> files) {
    files.forEach(file -> add(file, READ_FILE | WRITE_FILE | TRUNCATE));
    return this;
  }

  /** Anything but making device files in it. */
  Landlock writable(List<Path> directories) {
    directories.forEach(directory -> add(directory, handled & ~MAKE_DEVICES & ~IOCTL_DEVICE));
    return this;
  }

  private void add(Path place, long rights) {
    if (!Files.exists(place)) {
      return;
    }
    long allowed = Files.isDirectory(place) ? rights : rights & OF_FILES;
    try (Arena arena = Arena.ofConfined()) {
      long opened =
          calls.checked(
              SystemCall.OPENAT,
              WORKING_DIRECTORY,
              arena.allocateFrom(place.toString()).address(),
              PATH_ONLY_CLOSE_ON_EXEC);
      try {
        MemorySegment rule = arena.allocate(Long.BYTES + Integer.BYTES, Long.BYTES);
        rule.set(ValueLayout.JAVA_LONG, 0, allowed & handled);
        rule.set(ValueLayout.JAVA_INT, Long.BYTES, (int) opened);
        calls.checked(SystemCall.LANDLOCK_ADD_RULE, descriptor, PATH_BENEATH, rule.address(), 0);
      } finally {
        calls.checked(SystemCall.CLOSE, opened);
      }
    }
  }

  /** From now on the calling thread, and what it starts, is bound by the rules. */
  void restrictThisThread() {
    calls.checked(SystemCall.LANDLOCK_RESTRICT_SELF, descriptor, 0);
  }

  @Override
  public void close() {
    calls.checked(SystemCall.CLOSE, descriptor);
  }
}
