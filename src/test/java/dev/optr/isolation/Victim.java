package dev.optr.isolation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What is attacked: files, sockets and this process. By their permissions the files are open to
 * everybody, so that it is not those that defend them.
 */
final class Victim implements AutoCloseable {
  static final String CANARY = "CANARY";

  private final Path directory;
  private final ServerSocketChannel docker;
  private final ServerSocketChannel tcp;

  Victim(Path directory) throws IOException {
    this.directory = directory;
    write("home/.ssh/id_ed25519", CANARY);
    write("event.json", "{\"secret\": \"" + CANARY + "\"}");
    write("open.txt", "");
    write("full.txt", "full");
    write("repository/datalake/ledger.jsonl", "{}\n");
    write("other-run/target/TEST-shop.xml", "<testsuite tests=\"0\"/>");
    this.docker = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    Path socket = directory.resolve("docker.sock");
    docker.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    this.tcp = ServerSocketChannel.open().bind(new InetSocketAddress(0));
    Thread.ofPlatform().daemon().start(() -> tell(docker));
    Thread.ofPlatform().daemon().start(() -> tell(tcp));
  }

  Path directory() {
    return directory;
  }

  int port() throws IOException {
    return ((InetSocketAddress) tcp.getLocalAddress()).getPort();
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  private static void tell(ServerSocketChannel server) {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        channel.write(ByteBuffer.wrap(CANARY.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException closed) {
        // The server was closed, or the attacker went away before it was told anything.
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() throws IOException {
    docker.close();
    tcp.close();
  }
}
