package dev.optr.isolation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Connects to a UNIX socket (one argument) or over TCP (two) and prints what it is told. */
final class SocketAttack {
  private static final int LONGEST = 100;

  private SocketAttack() {}

  public static void main(String[] arguments) throws IOException {
    SocketAddress address =
        arguments.length == 1
            ? UnixDomainSocketAddress.of(arguments[0])
            : new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    try (SocketChannel channel = SocketChannel.open(address)) {
      ByteBuffer told = ByteBuffer.allocate(LONGEST);
      channel.read(told);
      System.out.println(new String(told.array(), 0, told.position(), StandardCharsets.UTF_8));
    }
  }
}
