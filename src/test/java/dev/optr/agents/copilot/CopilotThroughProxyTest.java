package dev.optr.agents.copilot;

import static dev.optr.agents.copilot.CopilotFixture.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.ForwardProxy;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole asking through a real proxy: API and git server are hosts that only the proxy knows, and
 * that only the named bundle vouches for.
 */
final class CopilotThroughProxyTest {
  private static final String API = "api.github.invalid";
  private static final String GIT = "github.invalid";
  private static final String BRANCH = "copilot/much";

  private final TestAuthority authority = new TestAuthority();

  @TempDir Path directory;

  private CopilotFixture site;
  private TlsFront api;
  private TlsFront git;

  @BeforeEach
  void open() throws IOException {
    site = new CopilotFixture(directory, Map.of("a.txt", "one\n"));
    api = new TlsFront(authority.identity(API), URI.create(site.github.url()).getPort());
    git = new TlsFront(authority.identity(GIT), site.git.url(FakeCopilot.REPOSITORY).getPort());
    Files.createDirectories(directory.resolve("tmp"));
    authority.writeTo(directory.resolve("tmp/ca.pem"));
    // So much that the branch is fetched.
    Map<String, String> files =
        IntStream.range(0, BranchReading.MOST_BLOBS + 1)
            .boxed()
            .collect(Collectors.toMap(i -> "many/f" + i + ".txt", i -> "file " + i + "\n"));
    String tip = site.produce(BRANCH, () -> site.worker.commit("much", files));
    site.github.repository().delete(BRANCH);
    site.github.does(() -> site.github.repository().create(BRANCH, tip));
    site.github.otherwise(completed(BRANCH));
  }

  @AfterEach
  void close() {
    git.close();
    api.close();
    site.close();
  }

  @Test
  void asksAndFetchesThroughTunnelsThatDemandALogin() {
    try (ForwardProxy proxy = known(ForwardProxy.withLogin("ada:p@ss"))) {
      assertThat(run("HTTPS_PROXY", proxy.url("ada:p%40ss"), "SSL_CERT_FILE", "ca.pem"))
          .isEqualTo("proposed");

      assertThat(proxy.lines())
          .contains("CONNECT " + API + ":443", "CONNECT " + GIT + ":443")
          .allMatch(line -> line.startsWith("CONNECT "));
      assertThat(site.git.requests()).isNotEmpty();
      assertThat(site.github.unexpected()).isEmpty();
    }
  }

  @Test
  void saysWhichVariableHoldsALoginThatIsNotTaken() {
    try (ForwardProxy proxy = known(ForwardProxy.withLogin("ada:right"))) {
      assertThat(run("HTTPS_PROXY", proxy.url("ada:wr0ng"), "SSL_CERT_FILE", "ca.pem"))
          .startsWith("failed: ")
          .contains("does not accept user and password of variable 'HTTPS_PROXY'")
          .doesNotContain("wr0ng", CopilotFixture.TOKEN);

      assertThat(proxy.lines()).hasSize(1);
      assertThat(site.github.lines()).isEmpty();
    }
  }

  @Test
  void namesTheBundleWhereGitHubIsNotTrusted() {
    try (ForwardProxy proxy = known(ForwardProxy.open())) {
      assertThat(run("HTTPS_PROXY", proxy.url()))
          .startsWith("failed: ")
          .contains("the certificate of '" + API + "' is not trusted", "SSL_CERT_FILE");

      assertThat(site.github.lines()).isEmpty();
    }
  }

  @Test
  void asksAndFetchesDirectlyWhereNoProxySaysSo() {
    // Reaches this machine as any host is reached: it is no address of the loopback network.
    String here = "http://0.0.0.0:";
    String plainApi = here + URI.create(site.github.url()).getPort();
    String plainGit = here + site.git.url(FakeCopilot.REPOSITORY).getPort();
    try (ForwardProxy proxy = ForwardProxy.open()) {
      Map<String, String> direct = Map.of("HTTP_PROXY", proxy.url(), "NO_PROXY", "0.0.0.0");
      assertThat(run(direct, plainApi, plainGit)).isEqualTo("proposed");
      assertThat(proxy.lines()).isEmpty();
      assertThat(site.git.requests()).isNotEmpty();

      assertThat(run(Map.of("HTTP_PROXY", proxy.url()), plainApi, plainGit))
          .startsWith("failed: ")
          .contains("403");
      assertThat(proxy.lines()).isNotEmpty();
    }
  }

  private ForwardProxy known(ForwardProxy proxy) {
    return proxy.knows(API + ":443", api.port()).knows(GIT + ":443", git.port());
  }

  private String run(String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return run(environment, "https://" + API, "https://" + GIT);
  }

  private String run(Map<String, String> environment, String apiUrl, String server) {
    ProgramProcess.Result result =
        ProgramProcess.runClass(
            AskingProgram.class,
            directory,
            environment,
            List.of("-Djdk.http.auth.tunneling.disabledSchemes="),
            site.clone.directory().toString(),
            site.frozen,
            apiUrl,
            server);
    assertThat(result.exit()).as(result.log()).isZero();
    return result.out().strip();
  }
}
