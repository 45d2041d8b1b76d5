package dev.optr.isolation;

import java.util.Locale;

/**
 * Linux system calls by name, with their numbers on x86_64 (asm/unistd_64.h) and on aarch64
 * (asm-generic/unistd.h); -1 where a processor has none.
 */
enum SystemCall {
  GETPID(39, 172),
  GETPPID(110, 173),
  KILL(62, 129),
  PRCTL(157, 167),
  CAPGET(125, 90),
  CAPSET(126, 91),
  SETGROUPS(116, 159),
  GETGROUPS(115, 158),
  SETRESGID(119, 149),
  SETRESUID(117, 147),
  GETRESUID(118, 148),
  GETRESGID(120, 150),
  GETUID(102, 174),
  PRLIMIT64(302, 261),
  SECCOMP(317, 277),
  LANDLOCK_CREATE_RULESET(444, 444),
  LANDLOCK_ADD_RULE(445, 445),
  LANDLOCK_RESTRICT_SELF(446, 446),
  OPENAT(257, 56),
  CLOSE(3, 57),
  TRUNCATE(76, 45),
  IOCTL(16, 29),
  POLL(7, -1),
  PPOLL(271, 73),
  FCNTL(72, 25),
  SENDTO(44, 206),
  SENDMSG(46, 211),
  SENDMMSG(307, 269),
  SOCKET(41, 198),
  SOCKETPAIR(53, 199),
  CONNECT(42, 203),
  BIND(49, 200),
  LISTEN(50, 201),
  ACCEPT(43, 202),
  ACCEPT4(288, 242),
  CLONE(56, 220),
  CLONE3(435, 435),
  PTRACE(101, 117),
  PROCESS_VM_READV(310, 270),
  PROCESS_VM_WRITEV(311, 271),
  PROCESS_MADVISE(440, 440),
  KCMP(312, 272),
  PIDFD_GETFD(438, 438),
  BPF(321, 280),
  PERF_EVENT_OPEN(298, 241),
  USERFAULTFD(323, 282),
  ADD_KEY(248, 217),
  REQUEST_KEY(249, 218),
  KEYCTL(250, 219),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  PIVOT_ROOT(155, 41),
  CHROOT(161, 51),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  FSPICK(433, 433),
  MOUNT_SETATTR(442, 442),
  OPEN_TREE_ATTR(467, 467),
  NAME_TO_HANDLE_AT(303, 264),
  OPEN_BY_HANDLE_AT(304, 265),
  FANOTIFY_INIT(300, 262),
  UNSHARE(272, 97),
  SETNS(308, 268),
  INIT_MODULE(175, 105),
  FINIT_MODULE(313, 273),
  DELETE_MODULE(176, 106),
  KEXEC_LOAD(246, 104),
  KEXEC_FILE_LOAD(320, 294),
  REBOOT(169, 142),
  SWAPON(167, 224),
  SWAPOFF(168, 225),
  ACCT(163, 89),
  QUOTACTL(179, 60),
  QUOTACTL_FD(443, 443),
  SYSLOG(103, 116),
  SETTIMEOFDAY(164, 170),
  CLOCK_SETTIME(227, 112),
  SETHOSTNAME(170, 161),
  SETDOMAINNAME(171, 162),
  IOPL(172, -1),
  IOPERM(173, -1),
  USELIB(134, -1),
  MIGRATE_PAGES(256, 238),
  MOVE_PAGES(279, 239),
  IO_URING_SETUP(425, 425),
  IO_URING_ENTER(426, 426),
  IO_URING_REGISTER(427, 427),
  SHMGET(29, 194),
  SEMGET(64, 190),
  MSGGET(68, 186),
  MQ_OPEN(240, 180);

  private final int x86;
  private final int arm;

  SystemCall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  boolean existsOn(Processor processor) {
    return number(processor) >= 0;
  }

  long number(Processor processor) {
    return switch (processor) {
      case X86_64 -> x86;
      case AARCH64 -> arm;
    };
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
