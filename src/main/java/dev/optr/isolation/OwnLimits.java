package dev.optr.isolation;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The hard limits of this process; {@link Long#MAX_VALUE} where there is none. */
record OwnLimits(long fileSize, long processes, long openFiles) {
  // asm-generic/resource.h
  private static final int FILE_SIZE = 1;
  private static final int PROCESSES = 6;
  private static final int OPEN_FILES = 7;

  static OwnLimits read(SystemCalls calls) {
    return new OwnLimits(read(calls, FILE_SIZE), read(calls, PROCESSES), read(calls, OPEN_FILES));
  }

  private static long read(SystemCalls calls, int resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment softAndHard = arena.allocate(ValueLayout.JAVA_LONG, 2);
      calls.checked(SystemCall.PRLIMIT64, 0, resource, 0, softAndHard.address());
      long hard = softAndHard.getAtIndex(ValueLayout.JAVA_LONG, 1);
      return hard < 0 ? Long.MAX_VALUE : hard;
    }
  }
}
