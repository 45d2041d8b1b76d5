package dev.optr.git;

import java.io.ByteArrayOutputStream;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;

/** What a checkout does to the line ends of a file, as git's convert.c decides it. */
enum LineEnds {
  AS_STORED,
  /** The attribute says that it is text. */
  CRLF,
  /** Git is to find out whether it is text. */
  CRLF_WHERE_TEXT;

  static LineEnds of(EolStreamType type) {
    return switch (type) {
      case TEXT_CRLF -> CRLF;
      case AUTO_CRLF -> CRLF_WHERE_TEXT;
      case TEXT_LF, AUTO_LF, DIRECT -> AS_STORED;
    };
  }

  /** The bytes that a checkout writes. */
  byte[] applied(byte[] stored) {
    return switch (this) {
      case AS_STORED -> stored;
      case CRLF -> withCarriageReturns(stored);
      case CRLF_WHERE_TEXT -> isPlainText(stored) ? withCarriageReturns(stored) : stored;
    };
  }

  private static byte[] withCarriageReturns(byte[] stored) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(stored.length + stored.length / 16);
    byte before = 0;
    for (byte next : stored) {
      if (next == '\n' && before != '\r') {
        out.write('\r');
      }
      out.write(next);
      before = next;
    }
    return out.toByteArray();
  }

  /** No carriage return, no zero byte, and at most one other control character in 128. */
  private static boolean isPlainText(byte[] stored) {
    int printable = 0;
    int strange = 0;
    for (int i = 0; i < stored.length; i++) {
      byte next = stored[i];
      if (next == 0 || next == '\r') {
        return false;
      }
      boolean endOfFile = next == 0x1a && i == stored.length - 1;
      if (isStrange(next) && !endOfFile) {
        strange++;
      } else if (next != '\n') {
        printable++;
      }
    }
    return (printable >> 7) >= strange;
  }

  private static boolean isStrange(byte next) {
    return switch (next) {
      case '\n', '\t', '\b', 0x1b, '\f' -> false;
      default -> next == 0x7f || (next >= 0 && next < 0x20);
    };
  }
}
