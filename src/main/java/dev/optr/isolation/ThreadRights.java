package dev.optr.isolation;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Takes rights from the calling thread, for good; every step is read back. */
final class ThreadRights {
  // linux/prctl.h
  private static final int SET_DUMPABLE = 4;
  private static final int BOUNDING_SET_READ = 23;
  private static final int BOUNDING_SET_DROP = 24;
  private static final int SET_NO_NEW_PRIVILEGES = 38;
  private static final int GET_NO_NEW_PRIVILEGES = 39;
  private static final int AMBIENT = 47;
  private static final int AMBIENT_CLEAR_ALL = 4;
  // linux/capability.h
  private static final int CAPABILITY_VERSION_3 = 0x20080522;
  private static final int CAPABILITIES = 64;
  private static final int CAPABILITY_DATA = 24;
  // linux/seccomp.h
  private static final int SET_MODE_FILTER = 1;
  private static final int NEW_LISTENER = 1 << 3;

  private final SystemCalls calls;

  ThreadRights(SystemCalls calls) {
    this.calls = calls;
  }

  /** No set-user-id program gives rights any more; a filter may then be set without any. */
  void giveUpNewPrivileges() {
    calls.checked(SystemCall.PRCTL, SET_NO_NEW_PRIVILEGES, 1);
    if (calls.call(SystemCall.PRCTL, GET_NO_NEW_PRIVILEGES) != 1) {
      throw new RefusedException("no_new_privs did not take");
    }
  }

  /** Nobody of this user reads the memory or the environment of this process from outside. */
  void hideThisProcess() {
    calls.checked(SystemCall.PRCTL, SET_DUMPABLE, 0);
  }

  /** A process that is no longer root cannot get a capability back from a file. */
  void dropBoundingSet() {
    for (int capability = 0; capability < CAPABILITIES; capability++) {
      if (calls.call(SystemCall.PRCTL, BOUNDING_SET_READ, capability) == 1) {
        calls.checked(SystemCall.PRCTL, BOUNDING_SET_DROP, capability);
      }
    }
  }

  /** Real, effective, saved and file system ids of user and group; no further group. */
  void becomeUser(int id) {
    calls.checked(SystemCall.SETGROUPS, 0, 0);
    calls.checked(SystemCall.SETRESGID, id, id, id);
    calls.checked(SystemCall.SETRESUID, id, id, id);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ids = arena.allocate(ValueLayout.JAVA_INT, 3);
      long address = ids.address();
      for (SystemCall call : new SystemCall[] {SystemCall.GETRESUID, SystemCall.GETRESGID}) {
        calls.checked(call, address, address + Integer.BYTES, address + 2 * Integer.BYTES);
        for (int i = 0; i < 3; i++) {
          if (ids.getAtIndex(ValueLayout.JAVA_INT, i) != id) {
            throw new RefusedException(call.text() + " tells another id than was set");
          }
        }
      }
    }
  }

  void dropCapabilities() {
    calls.checked(SystemCall.PRCTL, AMBIENT, AMBIENT_CLEAR_ALL);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(ValueLayout.JAVA_INT, 2);
      header.set(ValueLayout.JAVA_INT, 0, CAPABILITY_VERSION_3);
      MemorySegment none = arena.allocate(CAPABILITY_DATA, Integer.BYTES);
      calls.checked(SystemCall.CAPSET, header.address(), none.address());
      MemorySegment left = arena.allocate(CAPABILITY_DATA, Integer.BYTES);
      calls.checked(SystemCall.CAPGET, header.address(), left.address());
      if (left.mismatch(none) != -1) {
        throw new RefusedException("capabilities are left");
      }
    }
  }

  void filter(byte[] program) {
    filter(program, 0);
  }

  /** Gives the descriptor at which system calls are answered that the filter does not decide. */
  long filterAndListen(byte[] program) {
    return filter(program, NEW_LISTENER);
  }

  private long filter(byte[] program, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment instructions = arena.allocate(program.length, Long.BYTES);
      instructions.copyFrom(MemorySegment.ofArray(program));
      MemorySegment header = arena.allocate(2 * Long.BYTES, Long.BYTES);
      header.set(ValueLayout.JAVA_SHORT, 0, (short) (program.length / Long.BYTES));
      header.set(ValueLayout.JAVA_LONG, Long.BYTES, instructions.address());
      return calls.checked(SystemCall.SECCOMP, SET_MODE_FILTER, flags, header.address());
    }
  }
}
