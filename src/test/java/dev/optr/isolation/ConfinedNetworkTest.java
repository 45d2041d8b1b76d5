package dev.optr.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hosts that a workflow file lists, and no other. */
final class ConfinedNetworkTest {
  private static final boolean STRICT = "true".equals(System.getenv("CI"));
  private static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();

  @TempDir Path directory;
  private Victim listed;
  private Victim other;
  private Isolation isolation;

  @BeforeEach
  void start() throws IOException {
    listed = new Victim(Files.createDirectory(directory.resolve("listed")));
    other = new Victim(Files.createDirectory(directory.resolve("other")));
    isolation = Isolation.probe(directory, System::nanoTime);
    if (!STRICT) {
      assumeTrue(isolation.opensHosts(), "single hosts cannot be opened here");
    }
    assertThat(isolation.opensHosts()).isTrue();
  }

  @AfterEach
  void close() throws IOException {
    listed.close();
    other.close();
  }

  @Test
  void reachesTheHostThatIsListed() throws Exception {
    assertThat(run("ProxyClient 127.0.0.1:" + listed.port())).contains("200", Victim.CANARY);
  }

  @Test
  void reachesNoOtherPortOfTheHost() throws Exception {
    assertThat(run("ProxyClient 127.0.0.1:" + other.port()))
        .contains("403")
        .doesNotContain(Victim.CANARY);
  }

  @Test
  void reachesTheHostByNoOtherName() throws Exception {
    assertThat(run("ProxyClient 127.0.0.2:" + listed.port()))
        .contains("403")
        .doesNotContain(Victim.CANARY);
  }

  @Test
  void reachesNothingPastTheProxyNotEvenWhatIsListed() throws Exception {
    for (String address : List.of("127.0.0.1 ", "127.0.0.2 ", "::1 ")) {
      assertThat(run("SocketAttack " + address + listed.port() + " & sleep 3; kill $!"))
          .doesNotContain(Victim.CANARY);
    }
  }

  @Test
  void reachesNoUnixSocketEither() throws Exception {
    assertThat(run("SocketAttack " + listed.directory().resolve("docker.sock")))
        .contains("Operation not permitted")
        .doesNotContain(Victim.CANARY);
  }

  private String run(String program) throws Exception {
    Path own = Files.createTempDirectory(directory, "run");
    String java = System.getProperty("java.home") + "/bin/java -XX:TieredStopAtLevel=1 -cp ";
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", java + CLASSES + " dev.optr.isolation." + program)
            .directory(own.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", own.toString()));
    Confinement confinement =
        new Confinement(
            List.of(own),
            own,
            own,
            List.of(CLASSES),
            List.of(new HostPort("127.0.0.1", listed.port())),
            Limits.USUAL);
    try (Confined confined = isolation.start(builder, confinement)) {
      byte[] all = confined.process().getInputStream().readAllBytes();
      confined.endAll();
      return new String(all, StandardCharsets.UTF_8);
    }
  }
}
