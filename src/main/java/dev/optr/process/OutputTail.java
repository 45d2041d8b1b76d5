package dev.optr.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Redactor;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Reads all that a program prints and keeps its end, in constant memory. Text comes out without
 * terminal controls and without our credentials.
 */
public final class OutputTail implements OutputReader {
  /** Of UTF-8, marker included. */
  public static final int LARGEST_BYTES = 16 << 10;

  private static final String CUT = "[earlier output cut]\n";
  private static final int KEPT_BYTES = 64 << 10;
  // The kept bytes may begin within a credential, which then nobody recognises; none is longer.
  private static final int UNSAFE_CHARACTERS = 8 << 10;
  // ECMA-48: control strings (titles, links, device commands) up to their terminator, control
  // sequences, other escapes. A string that nobody ends hides its own line and no more.
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?:\u001B[]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C\r\n]*+"
              + "(?:\u0007|\u001B\\\\|\u009C)?"
              + "|[\u001B\u009B]\\[?[0-?]*+[ -/]*+[@-~]?");
  private static final Pattern LINE_ENDS = Pattern.compile("\r\n?");
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}&&[^\n\t]]|[\u202A-\u202E\u2066-\u2069\u200B-\u200F\uFEFF]");

  private final byte[] kept = new byte[KEPT_BYTES];
  private long total;

  @Override
  public void drain(InputStream stream) {
    OutputBlocks blocks = this::add;
    blocks.readAll(stream);
  }

  synchronized void add(byte[] block, int length) {
    int start = (int) (total % KEPT_BYTES);
    int first = Math.min(length, KEPT_BYTES - start);
    System.arraycopy(block, 0, kept, start, first);
    System.arraycopy(block, first, kept, 0, length - first);
    total += length;
  }

  /**
   * The end of what was printed so far, at most 16 KiB of UTF-8, with a marker where it was cut.
   */
  public String text(Redactor redactor) {
    String redacted = redactor.redact(plain(new String(raw(), UTF_8)));
    if (wasCut()) {
      return lastBytes(redacted.substring(Math.min(UNSAFE_CHARACTERS, redacted.length())));
    }
    return redacted.getBytes(UTF_8).length <= LARGEST_BYTES ? redacted : lastBytes(redacted);
  }

  private synchronized boolean wasCut() {
    return total > KEPT_BYTES;
  }

  private synchronized byte[] raw() {
    if (total <= KEPT_BYTES) {
      return Arrays.copyOf(kept, (int) total);
    }
    int start = (int) (total % KEPT_BYTES);
    byte[] ordered = new byte[KEPT_BYTES];
    System.arraycopy(kept, start, ordered, 0, KEPT_BYTES - start);
    System.arraycopy(kept, 0, ordered, KEPT_BYTES - start, start);
    return ordered;
  }

  private static String plain(String text) {
    String lines = LINE_ENDS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("\n");
    return CONTROLS.matcher(lines).replaceAll("");
  }

  private static String lastBytes(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int start = Math.max(0, bytes.length - (LARGEST_BYTES - CUT.length()));
    while (start < bytes.length && (bytes[start] & 0xC0) == 0x80) {
      start++;
    }
    return CUT + new String(bytes, start, bytes.length - start, UTF_8);
  }
}
