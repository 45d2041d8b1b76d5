package dev.optr.isolation;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Answers confined code that asks for a TCP socket with one that is connected to a port of ours
 * (seccomp_unotify(2)). It neither creates nor connects any itself, so there is no address that it
 * could choose, and nothing of its memory has to be read.
 */
final class SocketBroker implements AutoCloseable {
  // linux/seccomp.h: ioctl numbers, offsets and sizes of what they take.
  private static final long RECEIVE = 0xC0502100L;
  private static final long SEND = 0xC0182101L;
  private static final long ADD_DESCRIPTOR = 0x40182103L;
  private static final int NOTIFICATION = 80;
  private static final int TYPE_ARGUMENT = 40;
  private static final int ANSWER = 24;
  private static final int ADD_AND_SEND = 1 << 1;
  // sys/socket.h, fcntl.h, poll.h
  private static final int INTERNET = 2;
  private static final int STREAM = 1;
  private static final int NON_BLOCKING = 04000;
  private static final int CLOSE_ON_EXEC = 02000000;
  private static final int SET_FLAGS = 4;
  private static final short READABLE = 1;
  private static final int PERMISSION_DENIED = 13;
  private static final int LOOPBACK_ADDRESS = 0x7F000001;
  private static final long LOOK_NANOS = 100_000_000;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt NETWORK_INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

  private final SystemCalls calls;
  private final long listener;
  private final int port;
  private final Thread thread;
  private volatile boolean ended;

  /**
   * @param listener of the filter; closed by this
   * @param port at 127.0.0.1
   */
  SocketBroker(SystemCalls calls, long listener, int port) {
    this.calls = calls;
    this.listener = listener;
    this.port = port;
    this.thread = Thread.ofPlatform().name("sockets").daemon().start(this::work);
  }

  private void work() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment notification = arena.allocate(NOTIFICATION, Long.BYTES);
      while (!ended) {
        if (isAsked()) {
          notification.fill((byte) 0);
          // An error says that whoever asked has ended meanwhile.
          if (calls.call(SystemCall.IOCTL, listener, RECEIVE, notification.address()) == 0) {
            answer(notification);
          }
        }
      }
    }
  }

  private boolean isAsked() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(ValueLayout.JAVA_LONG);
      poll.set(ValueLayout.JAVA_INT, 0, (int) listener);
      poll.set(ValueLayout.JAVA_SHORT, Integer.BYTES, READABLE);
      MemorySegment patience = arena.allocate(ValueLayout.JAVA_LONG, 2);
      patience.setAtIndex(ValueLayout.JAVA_LONG, 1, LOOK_NANOS);
      long found = calls.call(SystemCall.PPOLL, poll.address(), 1, patience.address(), 0, 0);
      short what = poll.get(ValueLayout.JAVA_SHORT, Integer.BYTES + Short.BYTES);
      return found > 0 && (what & READABLE) != 0;
    }
  }

  private void answer(MemorySegment notification) {
    long id = notification.get(ValueLayout.JAVA_LONG, 0);
    int type = (int) notification.get(ValueLayout.JAVA_LONG, TYPE_ARGUMENT);
    long socket = connected();
    if (socket < 0) {
      refuse(id);
      return;
    }
    try {
      hand(id, socket, type);
    } finally {
      calls.call(SystemCall.CLOSE, socket);
    }
  }

  /** The socket becomes the asker's, by the number that its call then returns. */
  private void hand(long id, long socket, int type) {
    if ((type & NON_BLOCKING) != 0) {
      calls.call(SystemCall.FCNTL, socket, SET_FLAGS, NON_BLOCKING);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment add = arena.allocate(ANSWER, Long.BYTES);
      add.set(ValueLayout.JAVA_LONG, 0, id);
      add.set(ValueLayout.JAVA_INT, 8, ADD_AND_SEND);
      add.set(ValueLayout.JAVA_INT, 12, (int) socket);
      add.set(ValueLayout.JAVA_INT, 20, type & CLOSE_ON_EXEC);
      if (calls.call(SystemCall.IOCTL, listener, ADD_DESCRIPTOR, add.address()) < 0) {
        refuse(id);
      }
    }
  }

  private void refuse(long id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment response = arena.allocate(ANSWER, Long.BYTES);
      response.set(ValueLayout.JAVA_LONG, 0, id);
      response.set(ValueLayout.JAVA_INT, 16, -PERMISSION_DENIED);
      // Fails where the asker has ended, which is as well.
      calls.call(SystemCall.IOCTL, listener, SEND, response.address());
    }
  }

  /** A socket that is connected to our port, or an error. */
  private long connected() {
    long socket = calls.call(SystemCall.SOCKET, INTERNET, STREAM | CLOSE_ON_EXEC, 0);
    if (socket < 0) {
      return socket;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = loopback(arena);
      long result = calls.call(SystemCall.CONNECT, socket, address.address(), address.byteSize());
      if (result < 0) {
        calls.call(SystemCall.CLOSE, socket);
        return result;
      }
      return socket;
    }
  }

  /** {@code sockaddr_in}. */
  private MemorySegment loopback(Arena arena) {
    MemorySegment address = arena.allocate(16, Long.BYTES);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) INTERNET);
    address.set(NETWORK_SHORT, 2, (short) port);
    address.set(NETWORK_INT, 4, LOOPBACK_ADDRESS);
    return address;
  }

  @Override
  public void close() {
    ended = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    calls.call(SystemCall.CLOSE, listener);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
