package dev.optr.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.optr.testing.HaltingMain;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run is killed, without warning, at every point after which something outlives it, and started
 * again: the second run must end as if there had been one run alone, and pay nobody twice.
 */
final class CrashIT {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int AT_ONCE = 2;
  private static final int FEWEST_CHECKPOINTS = 30;

  private static final Map<String, String> PROVIDERS =
      Map.of("codex", "/openai/responses", "claude", "/anthropic/v1/messages");

  @TempDir static Path root;

  private static final WireMockServer SERVER =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));
  private static final ExecutorService WORKERS = Executors.newFixedThreadPool(AT_ONCE);

  /** What was there after the kill, and how the second run ended. */
  private record Survival(
      CrashSite site,
      ProgramProcess.Result killed,
      List<String> keptOrRecorded,
      Invocation second) {}

  @BeforeAll
  static void startProvidersAndMakeATemplate() throws IOException {
    SERVER.start();
    serve("/openai/responses", "openai", "two");
    serve("/anthropic/v1/messages", "anthropic", "three");
    try (TempRepo template = TempRepo.create(root.resolve("template"))) {
      template.commit("Start", Map.of("a.txt", "one\n", "src/Main.java", "class Main {}\n"));
    }
    Files.createDirectories(root.resolve("outside"));
    Files.writeString(root.resolve("outside/optr.yaml"), workflow());
    Files.writeString(root.resolve("outside/anna.json"), Recordings.rewrite("a.txt", "anna\n"));
    Files.writeString(root.resolve("outside/bert.json"), Recordings.decline("All is well."));
  }

  @AfterAll
  static void stop() {
    WORKERS.shutdownNow();
    SERVER.stop();
  }

  @TestFactory
  Stream<DynamicTest> endsAsIfThereHadBeenOneRunAlone() {
    CrashSite whole = site("whole");
    ProgramProcess.Result result = whole.run(NEVER);
    assertThat(result.exit()).as(result.log()).isZero();
    int checkpoints = (int) checkpoints(result).count();
    assertThat(checkpoints).as(result.err()).isGreaterThanOrEqualTo(FEWEST_CHECKPOINTS);
    Map<String, String> expected = SteadyDocuments.of(whole.recorded());
    List<Future<Survival>> survivals =
        IntStream.rangeClosed(1, checkpoints)
            .mapToObj(n -> WORKERS.submit(() -> killAndRunAgain(n)))
            .toList();
    return IntStream.rangeClosed(1, checkpoints)
        .mapToObj(
            n ->
                DynamicTest.dynamicTest(
                    "killed at checkpoint " + n,
                    () -> check(survivals.get(n - 1).get(), expected)));
  }

  private static Survival killAndRunAgain(int checkpoint) {
    CrashSite site = site("halted-" + checkpoint);
    ProgramProcess.Result killed = site.run(checkpoint);
    boolean recorded = site.commits().size() == 2;
    List<String> kept =
        PROVIDERS.keySet().stream().filter(it -> recorded || site.keptAnswerOf(it)).toList();
    return new Survival(site, killed, kept, site.runAgain());
  }

  private static void check(Survival survival, Map<String, String> expected) {
    CrashSite site = survival.site();
    String story = story(survival);
    assertThat(survival.killed().exit()).as(story).isEqualTo(HaltingMain.HALTED);
    assertThat(survival.second().exit()).as(story).isZero();
    assertThat(survival.second().document().text("anchor")).as(story).isEqualTo(site.head());
    assertThat(site.commits()).as(story).hasSize(2);
    assertThat(SteadyDocuments.of(site.recorded())).as(story).isEqualTo(expected);
    assertThat(site.onDisk()).as(story).isEqualTo(site.recorded());
    assertThat(site.leftovers()).as(story).isEmpty();
    assertVerified(site, story);
    if (RealGit.isPresent()) {
      assertThat(RealGit.in(site.repository()).text("status", "--porcelain")).as(story).isEmpty();
    }
    PROVIDERS.forEach(
        (lane, url) ->
            assertThat(requests(site, url))
                .as("requests to %s; %s", lane, story)
                .isBetween(1, survival.keptOrRecorded().contains(lane) ? 1 : 2));
  }

  private static void assertVerified(CrashSite site, String story) {
    Invocation verified = Invocation.of(site.repository(), Map.of(), "verify", "--json");
    assertThat(verified.exit()).as(verified.out() + story).isZero();
    assertThat(verified.document().text("result")).isEqualTo("ok");
  }

  private static int requests(CrashSite site, String url) {
    return (int)
        SERVER.findAll(postRequestedFor(urlPathEqualTo(url))).stream()
            .filter(request -> request.getHeaders().toString().contains(site.key()))
            .count();
  }

  private static String story(Survival survival) {
    return "killed after '%s'; the second run said: %s"
        .formatted(
            checkpoints(survival.killed()).reduce((_, last) -> last).orElse("nothing"),
            survival.second());
  }

  private static Stream<String> checkpoints(ProgramProcess.Result result) {
    return result.err().lines().filter(line -> line.startsWith("checkpoint "));
  }

  private static CrashSite site(String name) {
    return CrashSite.make(root.resolve(name), root.resolve("template"), "key-of-the-site-" + name);
  }

  /**
   * The provider's recorded proposal, with another word, so that every lane reaches its own tree.
   */
  private static void serve(String path, String provider, String word) throws IOException {
    String proposal =
        Files.readString(Path.of("test-fixtures/providers", provider, "proposal.json"))
            .replace("\"replace\": \"two\"", "\"replace\": \"" + word + "\"")
            .replace("\\\"replace\\\": \\\"two\\\"", "\\\"replace\\\": \\\"" + word + "\\\"");
    SERVER.stubFor(
        post(urlPathEqualTo(path))
            .withRequestBody(containing("Make a.txt say more"))
            .willReturn(
                aResponse()
                    .withStatus(200)
                    .withHeader("Content-Type", "application/json")
                    .withHeader("x-request-id", "req_1")
                    .withHeader("request-id", "req_1")
                    .withBody(proposal)));
  }

  private static String workflow() {
    return """
        workflow: crash
        agents:
          - {name: anna, type: recorded, file: anna.json}
          - {name: bert, type: recorded, file: bert.json}
          - {name: codex, type: openai-codex, endpoint: "%1$s/openai"}
          - {name: claude, type: anthropic-claude, endpoint: "%1$s/anthropic"}
        invariants:
          - {id: there, run: test -f a.txt}
          - {id: runs, run: "true"}
        isolation: best-effort
        optr: select_optr
        ledger: enabled
        auditable: true
        compliance: [in-toto]
        """
        .formatted(SERVER.baseUrl());
  }
}
