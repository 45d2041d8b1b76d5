package dev.optr.isolation;

import java.nio.ByteOrder;

/** The processors whose system call numbers are known here. */
enum Processor {
  /** {@code AUDIT_ARCH_X86_64} of linux/audit.h. */
  X86_64(0xC000003E),
  /** {@code AUDIT_ARCH_AARCH64} of linux/audit.h. */
  AARCH64(0xC00000B7);

  private final int auditArchitecture;

  Processor(int auditArchitecture) {
    this.auditArchitecture = auditArchitecture;
  }

  int auditArchitecture() {
    return auditArchitecture;
  }

  static Processor current() {
    String system = System.getProperty("os.name", "");
    String name = System.getProperty("os.arch", "");
    if (!system.equals("Linux") || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new UnsupportedOperationException("isolation needs Linux, this is '" + system + "'");
    }
    return switch (name) {
      case "amd64" -> X86_64;
      case "aarch64" -> AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "isolation needs x86_64 or aarch64, this is '" + name + "'");
    };
  }
}
