package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Action behind a proxy that demands a login and with servers whose authority only {@code
 * SSL_CERT_FILE} names: GitHub, git and both providers are reached through it and not otherwise.
 */
final class ProxyIT {
  private static final String WORKFLOW =
      """
      workflow: widgets
      isolation: off
      invariants:
        - id: tests
          run: grep -q two a.txt
          timeout: 1m
      agents:
        - name: codex
          type: openai-codex
          endpoint: https://api.provider.invalid/openai
        - name: claude
          type: anthropic-claude
          endpoint: https://api.provider.invalid/anthropic
      """;
  private static final Map<String, String> FILES =
      Map.of(".github/workflow-optr.yaml", WORKFLOW, "a.txt", "one\n", "README.md", "short\n");
  private static final String PASSWORD = "s3cr3t/pass";
  private static final String WRITTEN = "ada:s3cr3t%2Fpass";

  private final TestAuthority authority = new TestAuthority();
  @TempDir private Path directory;

  @Test
  void reachesEverybodyThroughTheProxyAlone() {
    SSLContext identity =
        authority.identity("api.github.invalid", "github.invalid", "api.provider.invalid");
    try (PlayedPullRequest played = PlayedPullRequest.start(directory, FILES);
        TlsFront api = new TlsFront(identity, played.gitHub().apiUrl().getPort());
        TlsFront git = new TlsFront(identity, played.serverUrl().getPort());
        TlsFront provider = new TlsFront(identity, played.providerServer().port());
        ForwardProxy proxy =
            ForwardProxy.withLogin("ada:" + PASSWORD)
                .knows("api.github.invalid:443", api.port())
                .knows("github.invalid:443", git.port())
                .knows("api.provider.invalid:443", provider.port())) {
      Runner runner = runner(played).variable("HTTPS_PROXY", proxy.url(WRITTEN));
      runner.variable("SSL_CERT_FILE", authority.writeTo(directory.resolve("ca.pem")).toString());

      ProgramProcess.Result result = runner.run();

      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.output("outcome")).isEqualTo("selected");
      assertThat(proxy.lines())
          .contains(
              "CONNECT api.github.invalid:443",
              "CONNECT github.invalid:443",
              "CONNECT api.provider.invalid:443")
          .allMatch(line -> line.startsWith("CONNECT "));
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertNothingShown(result, runner);
    }
  }

  @Test
  void namesTheVariableWhereGitHubIsNotTrusted() {
    SSLContext identity = authority.identity("github.invalid");
    try (PlayedPullRequest played = PlayedPullRequest.start(directory, FILES);
        TlsFront git = new TlsFront(identity, played.serverUrl().getPort());
        ForwardProxy proxy =
            ForwardProxy.withLogin("ada:" + PASSWORD).knows("github.invalid:443", git.port())) {
      Runner runner = runner(played).variable("https_proxy", proxy.url(WRITTEN));

      ProgramProcess.Result result = runner.run();

      assertThat(result.exit()).as(result.log()).isEqualTo(3);
      assertThat(result.out()).contains("SSL_CERT_FILE");
      assertThat(played.git().requests()).isEmpty();
      assertNothingShown(result, runner);
    }
  }

  private Runner runner(PlayedPullRequest played) {
    return new Runner(
            directory.resolve("runner"),
            URI.create("https://api.github.invalid"),
            URI.create("https://github.invalid"))
        .repository(FakeGitHub.REPOSITORY, FakeGitHub.REPOSITORY_ID)
        .input("github-token", FakeGitHub.TOKEN)
        .input("openai-api-key", PlayedPullRequest.OPENAI_KEY)
        .input("anthropic-api-key", PlayedPullRequest.ANTHROPIC_KEY)
        .event("pull_request", played.event("pull_request.opened.json"));
  }

  /** The runner takes masks out of a log; they are all that may hold the password. */
  private static void assertNothingShown(ProgramProcess.Result result, Runner runner) {
    assertThat(result.log().lines())
        .anyMatch(line -> line.startsWith("::add-mask::") && line.contains(PASSWORD))
        .filteredOn(line -> !line.startsWith("::add-mask::"))
        .noneMatch(line -> line.contains(PASSWORD) || line.contains("s3cr3t%2Fpass"));
    assertThat(runner.summary() + runner.outputs()).doesNotContain("s3cr3t");
  }
}
