package dev.optr.isolation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program that the kernel runs before each system call of confined code (seccomp(2), classic
 * BPF of linux/filter.h). What is denied fails with {@code EPERM}, as if a right were missing;
 * system calls of another architecture end the process, since their numbers mean something else.
 */
final class SeccompFilter {
  /** Seen from a program that is not confined, these reach into other processes or the kernel. */
  private static final List<SystemCall> DENIED =
      List.of(
          // Other processes.
          SystemCall.PTRACE,
          SystemCall.PROCESS_VM_READV,
          SystemCall.PROCESS_VM_WRITEV,
          SystemCall.PROCESS_MADVISE,
          SystemCall.KCMP,
          SystemCall.PIDFD_GETFD,
          SystemCall.MIGRATE_PAGES,
          SystemCall.MOVE_PAGES,
          // Kernel interfaces with a history of holes.
          SystemCall.BPF,
          SystemCall.PERF_EVENT_OPEN,
          SystemCall.USERFAULTFD,
          SystemCall.IO_URING_SETUP,
          SystemCall.IO_URING_ENTER,
          SystemCall.IO_URING_REGISTER,
          // Keyrings are our own user's.
          SystemCall.ADD_KEY,
          SystemCall.REQUEST_KEY,
          SystemCall.KEYCTL,
          // Another view of the file system.
          SystemCall.MOUNT,
          SystemCall.UMOUNT2,
          SystemCall.PIVOT_ROOT,
          SystemCall.CHROOT,
          SystemCall.OPEN_TREE,
          SystemCall.OPEN_TREE_ATTR,
          SystemCall.MOVE_MOUNT,
          SystemCall.FSOPEN,
          SystemCall.FSCONFIG,
          SystemCall.FSMOUNT,
          SystemCall.FSPICK,
          SystemCall.MOUNT_SETATTR,
          SystemCall.NAME_TO_HANDLE_AT,
          SystemCall.OPEN_BY_HANDLE_AT,
          SystemCall.FANOTIFY_INIT,
          SystemCall.UNSHARE,
          SystemCall.SETNS,
          // The machine.
          SystemCall.INIT_MODULE,
          SystemCall.FINIT_MODULE,
          SystemCall.DELETE_MODULE,
          SystemCall.KEXEC_LOAD,
          SystemCall.KEXEC_FILE_LOAD,
          SystemCall.REBOOT,
          SystemCall.SWAPON,
          SystemCall.SWAPOFF,
          SystemCall.ACCT,
          SystemCall.QUOTACTL,
          SystemCall.QUOTACTL_FD,
          SystemCall.SYSLOG,
          SystemCall.SETTIMEOFDAY,
          SystemCall.CLOCK_SETTIME,
          SystemCall.SETHOSTNAME,
          SystemCall.SETDOMAINNAME,
          SystemCall.IOPL,
          SystemCall.IOPERM,
          SystemCall.USELIB,
          // What would outlive the run.
          SystemCall.SHMGET,
          SystemCall.SEMGET,
          SystemCall.MSGGET,
          SystemCall.MQ_OPEN);

  /** Nothing listens, and nothing is given a way out that no rule of ours has seen. */
  private static final List<SystemCall> SERVING =
      List.of(SystemCall.BIND, SystemCall.LISTEN, SystemCall.ACCEPT, SystemCall.ACCEPT4);

  // linux/bpf_common.h
  private static final int LOAD = 0x20;
  private static final int AND = 0x54;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_SET = 0x45;
  private static final int RETURN = 0x06;
  // linux/seccomp.h
  private static final int KILL_PROCESS = 0x80000000;
  private static final int ERROR = 0x00050000;
  private static final int ASK = 0x7FC00000;
  private static final int ALLOW = 0x7FFF0000;
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int ARGUMENTS = 16;
  // asm-generic/errno-base.h
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  // Flags and values of the arguments that are looked at.
  private static final int X32 = 0x40000000;
  private static final int NEW_NAMESPACES = 0x7E020000;
  private static final int FAST_OPEN = 0x20000000;
  private static final int INSERT_INPUT = 0x5412;
  private static final int LINUX_CONSOLE = 0x541C;
  private static final int SOCKET_TYPE = 0xF;
  private static final int STREAM = 1;
  private static final int SEQUENCED = 5;
  private static final int INTERNET = 2;
  private static final int TCP = 6;

  private final Processor processor;
  private final ByteBuffer program =
      ByteBuffer.allocate(4096 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** What is denied whatever the network is, and whatever the arguments are. */
  static List<SystemCall> denied() {
    return Stream.concat(DENIED.stream(), SERVING.stream()).toList();
  }

  private SeccompFilter(Processor processor) {
    this.processor = processor;
  }

  /** No socket at all but pairs of connected ones. */
  static byte[] withoutNetwork(Processor processor) {
    SeccompFilter filter = new SeccompFilter(processor).common();
    return filter.deny(SystemCall.SOCKET).deny(SystemCall.CONNECT).end();
  }

  /**
   * A TCP socket is asked for at the filter's listener, which makes it and connects it; connecting
   * it again does nothing and succeeds. So no address that confined code names is ever used.
   */
  static byte[] withBroker(Processor processor) {
    SeccompFilter filter = new SeccompFilter(processor).common();
    return filter.askForTcpSockets().answer(SystemCall.CONNECT, ERROR).end();
  }

  private SeccompFilter common() {
    add(LOAD, 0, 0, ARCHITECTURE);
    add(JUMP_IF_EQUAL, 1, 0, processor.auditArchitecture());
    add(RETURN, 0, 0, KILL_PROCESS);
    add(LOAD, 0, 0, NUMBER);
    if (processor == Processor.X86_64) {
      add(JUMP_IF_SET, 0, 1, X32);
      add(RETURN, 0, 0, KILL_PROCESS);
    }
    denied().forEach(this::deny);
    // Its flags are in memory, where no filter can look; the C library then uses clone.
    answer(SystemCall.CLONE3, ERROR | ENOSYS);
    denyWhereSet(SystemCall.CLONE, 0, NEW_NAMESPACES);
    denyWhereSet(SystemCall.SENDTO, 3, FAST_OPEN);
    denyWhereSet(SystemCall.SENDMMSG, 3, FAST_OPEN);
    denyWhereSet(SystemCall.SENDMSG, 2, FAST_OPEN);
    denyTerminalInput();
    return allowConnectedPairsAlone();
  }

  private SeccompFilter deny(SystemCall call) {
    return answer(call, ERROR | EPERM);
  }

  private SeccompFilter answer(SystemCall call, int answer) {
    if (call.existsOn(processor)) {
      add(JUMP_IF_EQUAL, 0, 1, number(call));
      add(RETURN, 0, 0, answer);
    }
    return this;
  }

  private void denyWhereSet(SystemCall call, int argument, int flags) {
    add(JUMP_IF_EQUAL, 0, 4, number(call));
    add(LOAD, 0, 0, low(argument));
    add(JUMP_IF_SET, 0, 1, flags);
    add(RETURN, 0, 0, ERROR | EPERM);
    add(RETURN, 0, 0, ALLOW);
  }

  /** Typing into our terminal. */
  private void denyTerminalInput() {
    add(JUMP_IF_EQUAL, 0, 5, number(SystemCall.IOCTL));
    add(LOAD, 0, 0, low(1));
    add(JUMP_IF_EQUAL, 1, 0, INSERT_INPUT);
    add(JUMP_IF_EQUAL, 0, 1, LINUX_CONSOLE);
    add(RETURN, 0, 0, ERROR | EPERM);
    add(RETURN, 0, 0, ALLOW);
  }

  /** A datagram socket of a pair could still send to any UNIX socket by its path. */
  private SeccompFilter allowConnectedPairsAlone() {
    add(JUMP_IF_EQUAL, 0, 6, number(SystemCall.SOCKETPAIR));
    add(LOAD, 0, 0, low(1));
    add(AND, 0, 0, SOCKET_TYPE);
    add(JUMP_IF_EQUAL, 1, 0, STREAM);
    add(JUMP_IF_EQUAL, 0, 1, SEQUENCED);
    add(RETURN, 0, 0, ALLOW);
    add(RETURN, 0, 0, ERROR | EPERM);
    return this;
  }

  /** Of IPv4: a connected socket of IPv6 refuses settings that programs make before. */
  private SeccompFilter askForTcpSockets() {
    add(JUMP_IF_EQUAL, 0, 10, number(SystemCall.SOCKET));
    add(LOAD, 0, 0, low(0));
    add(JUMP_IF_EQUAL, 0, 7, INTERNET);
    add(LOAD, 0, 0, low(1));
    add(AND, 0, 0, SOCKET_TYPE);
    add(JUMP_IF_EQUAL, 0, 4, STREAM);
    add(LOAD, 0, 0, low(2));
    add(JUMP_IF_EQUAL, 1, 0, 0);
    add(JUMP_IF_EQUAL, 0, 1, TCP);
    add(RETURN, 0, 0, ASK);
    add(RETURN, 0, 0, ERROR | EPERM);
    return this;
  }

  private byte[] end() {
    add(RETURN, 0, 0, ALLOW);
    byte[] whole = new byte[program.position()];
    program.flip().get(whole);
    return whole;
  }

  private void add(int code, int ifTrue, int ifFalse, int value) {
    program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(value);
  }

  private int number(SystemCall call) {
    return (int) call.number(processor);
  }

  private static int low(int argument) {
    return ARGUMENTS + argument * Long.BYTES;
  }
}
