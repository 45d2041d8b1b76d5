package dev.optr.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code optr run} behind a proxy, from {@code main} on and in a process of its own: what Java lets
 * a proxy see before a tunnel is settled once per process.
 */
final class ProxiedRunTest {
  private static final String PASSWORD = "s3cr3t/pass";
  private static final String WRITTEN = "ada:s3cr3t%2Fpass";

  private final TestAuthority authority = new TestAuthority();
  private final WireMockServer provider =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    provider.start();
    provider.stubFor(
        post(urlEqualTo("/openai/responses"))
            .willReturn(
                aResponse()
                    .withBody(
                        Files.readString(
                            Path.of("test-fixtures/providers/openai/proposal.json")))));
    authority.writeTo(directory.resolve("ca.pem"));
    Files.writeString(
        directory.resolve("optr.yaml"),
        """
        workflow: wish
        isolation: best-effort
        optr: select_optr
        agents:
          - name: codex
            type: openai-codex
            endpoint: https://api.openai.invalid/openai
        """);
  }

  @AfterEach
  void stop() {
    provider.stop();
  }

  @Test
  void asksThroughATunnelThatDemandsALogin() {
    try (LocalSite site = LocalSite.make(directory);
        TlsFront tls = new TlsFront(authority.identity("api.openai.invalid"), provider.port());
        ForwardProxy proxy =
            ForwardProxy.withLogin("ada:" + PASSWORD).knows("api.openai.invalid:443", tls.port())) {
      site.repository().delete("Make room for what is proposed", "b.txt");
      site.variable("HTTPS_PROXY", proxy.url(WRITTEN)).variable("SSL_CERT_FILE", "ca.pem");

      ProgramProcess.Result run = run(site);

      assertThat(run.exit()).as(run.log()).isZero();
      assertThat(run.out()).contains("OPTR selected codex");
      assertThat(run.log()).doesNotContain(PASSWORD, "s3cr3t%2Fpass");
      assertThat(proxy.requests())
          .containsExactly(
              new ForwardProxy.Request(
                  "CONNECT api.openai.invalid:443", "Basic YWRhOnMzY3IzdC9wYXNz"));
      assertThat(provider.getAllServeEvents())
          .hasSize(1)
          .noneMatch(event -> event.getRequest().containsHeader("Proxy-Authorization"));
    }
  }

  @Test
  void failsTheLaneWithWhatToLookAt() {
    try (LocalSite site = LocalSite.make(directory);
        TlsFront tls = new TlsFront(authority.identity("api.openai.invalid"), provider.port());
        ForwardProxy proxy =
            ForwardProxy.withLogin("ada:" + PASSWORD).knows("api.openai.invalid:443", tls.port())) {
      site.variable("HTTPS_PROXY", proxy.url(WRITTEN));
      ProgramProcess.Result untrusted = run(site);
      assertThat(untrusted.exit()).as(untrusted.log()).isEqualTo(3);
      assertThat(untrusted.out()).contains("name its PEM file in variable 'SSL_CERT_FILE'");

      site.variable("HTTPS_PROXY", proxy.url("ada:an0ther-one"));
      ProgramProcess.Result refused = run(site, "--again");
      assertThat(refused.exit()).as(refused.log()).isEqualTo(3);
      assertThat(refused.out())
          .contains("does not accept user and password of variable 'HTTPS_PROXY'");

      assertThat(untrusted.log() + refused.log())
          .doesNotContain(PASSWORD, "s3cr3t%2Fpass", "an0ther-one");
      assertThat(proxy.lines()).hasSize(2);
      assertThat(provider.getAllServeEvents()).isEmpty();
    }
  }

  @Test
  void leavesBasicInTunnelsToWhoeverStartedJavaWithout() {
    try (LocalSite site = LocalSite.make(directory);
        ForwardProxy proxy = ForwardProxy.withLogin("ada:" + PASSWORD)) {
      site.variable("HTTPS_PROXY", proxy.url(WRITTEN))
          .variable("OPENAI_API_KEY", "sk-test-0123456789");

      ProgramProcess.Result run =
          ProgramProcess.runClass(
              Main.class,
              directory,
              site.environment(),
              List.of("-Djdk.http.auth.tunneling.disabledSchemes=Basic"),
              arguments());

      assertThat(run.exit()).as(run.log()).isEqualTo(3);
      assertThat(proxy.requests())
          .containsExactly(new ForwardProxy.Request("CONNECT api.openai.invalid:443", null));
    }
  }

  @Test
  void refusesWhatIsMalformedBeforeAnybodyIsAsked() {
    try (LocalSite site = LocalSite.make(directory)) {
      assertRefused(site, Map.of("https_proxy", "socks5://ada:s3cr3t-one@proxy:1080"), "SOCKS");
      assertRefused(site, Map.of("HTTP_PROXY", "http://ada:s3cr3t-one@proxy:x"), "no host");
      assertRefused(site, Map.of("SSL_CERT_FILE", "none.pem"), "does not exist");
    }
  }

  private void assertRefused(LocalSite site, Map<String, String> variables, String found) {
    Map<String, String> environment = new TreeMap<>(site.environment());
    environment.put("OPENAI_API_KEY", "sk-test-0123456789");
    environment.putAll(variables);

    Invocation run = Invocation.of(directory, environment, arguments());

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.messages())
        .singleElement()
        .asString()
        .startsWith("optr: variable '" + variables.keySet().iterator().next() + "': ")
        .contains(found)
        .doesNotContain("s3cr3t-one");
  }

  @Test
  void needsNoSoundVariablesWhereNobodyIsAskedOverTheNetwork() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory.resolve("recorded"))) {
      Invocation run = site.variable("ALL_PROXY", "socks5://ada:s3cr3t-one@proxy:1080").run();

      assertThat(run.exit()).as(run.err()).isZero();
    }
  }

  private ProgramProcess.Result run(LocalSite site, String... more) {
    site.variable("OPENAI_API_KEY", "sk-test-0123456789");
    return ProgramProcess.runClass(
        Main.class, directory, site.environment(), List.of(), arguments(more));
  }

  private static String[] arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--repo", "repository", "--workflow", "optr.yaml", "--intent", "More"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}
