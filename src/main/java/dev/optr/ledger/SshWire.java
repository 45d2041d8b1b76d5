package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Strings of the SSH wire format (RFC 4251, section 5): four bytes of length, then the bytes. */
final class SshWire {
  private SshWire() {}

  /** Collects strings. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Writer raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Writer string(byte[] bytes) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
      return raw(bytes);
    }

    Writer string(String text) {
      return string(text.getBytes(UTF_8));
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }

  /** Takes strings off; what is cut short is an {@link IllegalArgumentException}. */
  static final class Reader {
    private final ByteBuffer in;

    Reader(byte[] bytes) {
      this.in = ByteBuffer.wrap(bytes);
    }

    byte[] raw(int length) {
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("cut short");
      }
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }

    byte[] string() {
      return raw(integer());
    }

    String text() {
      return new String(string(), UTF_8);
    }

    int integer() {
      return ByteBuffer.wrap(raw(4)).getInt();
    }

    void end() {
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("bytes behind the end");
      }
    }
  }
}
