package dev.optr.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.optr.base.Checkpoint;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.git.NewRepository;
import dev.optr.testing.ProgramProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code optr run} from the jar with the four agents that users have, whose providers play whole
 * conversations on loopback.
 */
final class FourAgentsIT {
  private static final List<String> KEYS =
      List.of("played-key-of", "played-token-of", "played-secret-of");

  private final WireMockServer between =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));

  @TempDir Path directory;
  private Path repository;
  private Path remote;

  @BeforeEach
  void makeTheShop() {
    repository = directory.resolve("repository");
    remote = directory.resolve("remote.git");
    NewRepository.create(
        repository,
        remote,
        DemoFiles.repository(DemoScenario.SELECTED),
        "Start the shop",
        Clock.systemUTC().instant());
    between.start();
  }

  @AfterEach
  void stop() {
    between.stop();
  }

  @Test
  void asksAllFourOverSeveralTurnsAndRecordsWhatItCost() throws IOException {
    try (DemoStage stage = stage()) {
      ProgramProcess.Result run = run(environment(stage), "run", "--repo", "repository", "--json");

      assertThat(run.exit()).as(run.log()).isZero();
      JsonObject document = Invocation.document(run.out());
      assertThat(document.text("selected")).isEqualTo("claude");
      assertThat(lanes(document))
          .containsExactly(
              "claude proposed", "codex proposed", "copilot proposed", "mscopilot proposed");
      assertThat(Invocation.objects(document, "candidates"))
          .extracting(candidate -> candidate.isTrue("admissible"))
          .containsExactlyInAnyOrder(true, true, false, false);
      assertThat(turns("codex")).hasSize(4);
      assertThat(turns("claude")).hasSize(3);
      assertThat(turns("mscopilot")).hasSize(2);
      assertThat(transcript("codex"))
          .contains("do not apply", "requestSha256", "played-", "read_file", "resultSha256");
      assertThat(usd("codex")).isPositive();
      assertThat(usage("claude").integer("cachedTokens")).isPositive();
      assertThat(usd("copilot")).isEqualByComparingTo("0.31");
      assertThat(usage("mscopilot").get("usd")).isEqualTo(Json.NULL);
      assertNoKeyIn(run);
    }
  }

  @Test
  void selectsAmongTheRestOnTheDayWhenThreeProvidersFail() throws IOException {
    between.stubFor(
        any(anyUrl())
            .atPriority(10)
            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "20")));
    WireMockServer silent = new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));
    silent.start();
    silent.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(60_000)));
    try (DemoStage stage = stage()) {
      Map<String, String> environment = environment(stage);
      environment.put("OPENAI_BASE_URL", "http://127.0.0.1:" + closedPort());
      environment.put("GITHUB_API_URL", between.baseUrl());
      environment.put("DIRECT_LINE_BASE_URL", silent.baseUrl());
      workflow("10s", "5s");

      ProgramProcess.Result run =
          run(environment, "run", "--repo", "repository", "--workflow", "optr.yaml", "--json");

      assertThat(run.exit()).as(run.log()).isZero();
      JsonObject document = Invocation.document(run.out());
      assertThat(document.text("selected")).isEqualTo("claude");
      assertThat(lanes(document))
          .containsExactly(
              "claude proposed",
              "codex failed SERVICE",
              "copilot failed RATE_LIMIT",
              "mscopilot failed TIMEOUT");
      assertThat(usd("codex")).isZero();
      assertThat(usage("mscopilot").integer("requests")).isPositive();
    } finally {
      silent.stop();
    }
  }

  @Test
  void waitsForAProviderThatIsRateLimitedForTwentySeconds() throws IOException {
    try (DemoStage stage = stage()) {
      Map<String, String> environment = environment(stage);
      between.stubFor(
          any(anyUrl())
              .inScenario("limited")
              .whenScenarioStateIs(Scenario.STARTED)
              .willReturn(
                  aResponse()
                      .withStatus(429)
                      .withHeader("Retry-After", "20")
                      .withBody("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"}}"))
              .willSetStateTo("free"));
      between.stubFor(
          any(anyUrl())
              .inScenario("limited")
              .whenScenarioStateIs("free")
              .willReturn(aResponse().proxiedFrom(environment.get("ANTHROPIC_BASE_URL"))));
      environment.put("ANTHROPIC_BASE_URL", between.baseUrl());

      ProgramProcess.Result run =
          run(environment, "run", "--repo", "repository", "--agents", "claude", "--json");

      assertThat(run.exit()).as(run.log()).isZero();
      assertThat(Invocation.document(run.out()).text("selected")).isEqualTo("claude");
      assertThat(usage("claude").integer("retries")).isEqualTo(1L);
    }
  }

  private DemoStage stage() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Host host =
        new Host(
            Map.of("TMPDIR", directory.resolve("stage").toString()),
            nowhere,
            nowhere,
            Clock.systemUTC(),
            directory,
            Checkpoint.NONE);
    return DemoStage.open(host, DemoScenario.SELECTED, remote);
  }

  private Map<String, String> environment(DemoStage stage) {
    return new TreeMap<>(
        stage.environment(
            Map.of("PATH", System.getenv("PATH"), "TMPDIR", directory.resolve("tmp").toString())));
  }

  private ProgramProcess.Result run(Map<String, String> environment, String... arguments) {
    return ProgramProcess.run(directory, environment, arguments);
  }

  private void workflow(String copilot, String mscopilot) throws IOException {
    Files.writeString(
        directory.resolve("optr.yaml"),
        """
        workflow: login-fix
        intent: "Make login survive an expired cookie"
        invariants:
          - {id: tests, run: sh check.sh, timeout: 2m, env: [JAVA_HOME]}
        agents:
          - {name: codex, type: openai-codex}
          - {name: claude, type: anthropic-claude}
          - {name: copilot, type: github-copilot, timeout: %s}
          - {name: mscopilot, type: ms-copilot-stride, timeout: %s}
        """
            .formatted(copilot, mscopilot));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static List<String> lanes(JsonObject document) {
    return Invocation.objects(document, "lanes").stream()
        .map(
            lane ->
                (lane.text("agent")
                        + " "
                        + lane.text("outcome")
                        + (lane.text("code") == null ? "" : " " + lane.text("code")))
                    .strip())
        .toList();
  }

  private List<String> turns(String agent) throws IOException {
    return transcript(agent).lines().filter(line -> line.contains("\"role\":\"turn\"")).toList();
  }

  private String transcript(String agent) throws IOException {
    return Files.readString(outputs().resolve(agent + ".transcript.jsonl"));
  }

  private JsonObject usage(String agent) throws IOException {
    return Invocation.document(Files.readString(outputs().resolve(agent + ".json")))
        .object("usage");
  }

  private BigDecimal usd(String agent) throws IOException {
    return usage(agent).get("usd") instanceof Json.Decimal(BigDecimal usd)
        ? usd
        : new BigDecimal(-1);
  }

  private Path outputs() {
    return repository.resolve("datalake/workflows/login-fix/agent-outputs");
  }

  private void assertNoKeyIn(ProgramProcess.Result run) throws IOException {
    assertThat(run.log()).doesNotContain(KEYS);
    try (Stream<Path> files = Files.walk(repository.resolve("datalake"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(KEYS));
    }
  }
}
