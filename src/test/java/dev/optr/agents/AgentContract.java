package dev.optr.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.git.Edit;
import dev.optr.testing.VendorTraffic;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider asked over HTTP must do, whatever the provider does. */
public abstract class AgentContract {
  protected static final String KEY = "sk-test-secret-0123456789";

  protected final WireMockServer server =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));
  private final VendorTraffic traffic = VendorTraffic.of(server, "/base");
  protected final TestClock clock = new TestClock();
  protected final List<String> passed = new ArrayList<>();

  @TempDir Path directory;

  protected abstract AgentType type();

  /** Name of the folder of this provider's fixtures. */
  protected abstract String fixtures();

  /** Of the one URL that is asked, behind the base URL. */
  protected abstract String path();

  protected abstract String requestIdHeader();

  protected abstract Provider provider(AgentSpec spec, Secret key, ProviderHttp http);

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @AfterEach
  void everyRequestIsOneThatTheVendorTakes() {
    traffic.assertValid();
  }

  @Test
  void givesTheProposalThatTheToolCallHolds() {
    answer(reply(200, "proposal"));

    Answer answer = ask();

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    Proposal proposal = ((Answer.Proposed) answer).proposal();
    assertThat(LaneSamples.edits(proposal))
        .containsExactly(
            new Edit.Replace("a.txt", "one", "two"), new Edit.Create("b.txt", "new\n", false));
    assertThat(proposal.ttvEstimateSeconds()).isEqualTo(900L);
    assertThat(proposal.constraints())
        .containsExactly(new Proposal.ConstraintClaim("c1", true, "no signature changes"));
  }

  @Test
  void recordsHowTheAnswerCameAbout() {
    answer(reply(200, "proposal"));

    Exchange exchange = ask().exchange();

    assertThat(exchange.usage())
        .isEqualTo(new Usage(4120L, 210L, cached(), written(), 160L, null, 1, 0));
    assertThat(exchange.requestIds()).containsExactly("req_1");
    assertThat(exchange.model())
        .startsWith(ProviderEndpoint.model(spec(), Models.shipped()).name() + "-2026");
    assertThat(exchange.clipped()).isFalse();
    assertThat(exchange.transcript()).hasSize(2);
    assertThat(passed).containsExactly("request answered with 200");
  }

  protected abstract Long cached();

  protected abstract Long written();

  @Test
  void declinesWithTheReason() {
    answer(reply(200, "decline"));

    assertThat(ask())
        .isInstanceOfSatisfying(
            Answer.Declined.class,
            declined -> assertThat(declined.reason()).isEqualTo("The tree already does it."));
  }

  @Test
  void readsTheProtocolFromTextWhereNoToolIsCalled() {
    answer(reply(200, "text"));

    assertThat(ask()).isInstanceOf(Answer.Proposed.class);
  }

  @Test
  void namesEachFailureOfAnAnswerThatCame() {
    assertFails("refusal", FailureCode.REFUSED);
    assertFails("truncated", FailureCode.TRUNCATED);
    assertFails("empty", FailureCode.EMPTY);
    assertFails("no-edits", FailureCode.EMPTY);
    assertFails("prose", FailureCode.SCHEMA);
    assertFails("two-tools", FailureCode.SCHEMA);
    assertThat(assertFails("wrong-tool", FailureCode.SCHEMA)).contains("'run_shell'");
    assertThat(assertFails("schema-invalid", FailureCode.SCHEMA))
        .contains("'extra' is unknown")
        .contains("edits[0].replace: expected a text, found nothing")
        .contains("edits[1].op: expected create, replace, rewrite, delete or rename, found 'move'");
  }

  @Test
  void keepsTheUsageOfFailuresThatWerePaidFor() {
    answer(reply(200, "refusal"));

    assertThat(ask().exchange().usage().inputTokens()).isEqualTo(refusalInput());
  }

  protected abstract Long refusalInput();

  @Test
  void namesEachFailureOfTheProvider() {
    assertFails(401, "bad-key", FailureCode.AUTH);
    assertFails(403, "bad-key", FailureCode.AUTH);
    assertFails(402, "invalid-request", FailureCode.QUOTA);
    assertThat(assertFails(404, "unknown-model", FailureCode.UNAVAILABLE))
        .contains(ProviderEndpoint.model(spec(), Models.shipped()).name());
    assertFails(413, "invalid-request", FailureCode.TRUNCATED);
    assertFails(400, "context-exceeded", FailureCode.TRUNCATED);
    assertThat(assertFails(400, "invalid-request", FailureCode.SERVICE))
        .contains("'Bad key *** in schema'");
    assertThat(clock.slept()).isEmpty();
  }

  @Test
  void waitsAsLongAsTheProviderSaysAndAsksAgain() {
    answers(reply(429, "rate-limit").withHeader("Retry-After", "7"), reply(200, "proposal"));

    Answer answer = ask();

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    assertThat(answer.exchange().usage().requests()).isEqualTo(2);
    assertThat(answer.exchange().usage().retries()).isEqualTo(1);
    assertThat(answer.exchange().requestIds()).containsExactly("req_1", "req_1");
    assertThat(clock.slept())
        .singleElement()
        .satisfies(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9)));
  }

  @Test
  void doesNotWaitBeyondTheLanesTime() {
    answer(reply(429, "rate-limit").withHeader("Retry-After", "3600"));

    assertFailed(ask(), FailureCode.RATE_LIMIT);
    assertThat(requests()).isEqualTo(1);
    assertThat(clock.slept()).isEmpty();
  }

  @Test
  void doesNotAskAgainWhereTheQuotaIsUsedUp() {
    answer(reply(429, "quota").withHeader("Retry-After", "1"));

    assertFailed(ask(), FailureCode.QUOTA);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void givesUpAfterFourAttempts() {
    answer(reply(500, "server-error"));

    Answer answer = ask();

    assertFailed(answer, FailureCode.SERVICE);
    assertThat(requests()).isEqualTo(4);
    assertThat(answer.exchange().usage()).isEqualTo(Usage.unknown(4, 3));
    assertThat(clock.slept()).hasSize(3).isSorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 529})
  void asksAgainAfterPassingFailures(int status) {
    answers(reply(status, "server-error"), reply(200, "decline"));

    assertThat(ask()).isInstanceOf(Answer.Declined.class);
  }

  @Test
  void obeysWhatTheProviderSaysAboutAskingAgain() {
    answer(reply(500, "server-error").withHeader("x-should-retry", "false"));
    assertFailed(ask(), FailureCode.SERVICE);
    assertThat(requests()).isEqualTo(1);

    server.resetAll();
    answers(reply(400, "server-error").withHeader("x-should-retry", "true"), reply(200, "decline"));
    assertThat(ask()).isInstanceOf(Answer.Declined.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
  void asksAgainAfterACutConnection(String fault) {
    answers(aResponse().withFault(Fault.valueOf(fault)), reply(200, "decline"));

    assertThat(ask()).isInstanceOf(Answer.Declined.class);
  }

  @Test
  void isAServiceFailureWhereEveryConnectionIsCut() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    Answer answer = ask();

    assertFailed(answer, FailureCode.SERVICE);
    assertThat(answer.exchange().usage().requests()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>gateway</html>",
        "null",
        "[]",
        "{\"output\": 7, \"content\": 7}",
        "{\"a\":1,\"a\":2}"
      })
  void isAServiceFailureWhereTheAnswerIsNoAnswerOfTheApi(String body) {
    answer(aResponse().withStatus(200).withBody(body));

    assertFailed(ask(), FailureCode.SERVICE);
  }

  @Test
  void isAServiceFailureWhereAnErrorIsNoJson() {
    answer(aResponse().withStatus(400).withBody("<html>" + KEY + "</html>"));

    assertFailed(ask(), FailureCode.SERVICE);
  }

  @Test
  void readsNoMoreThanTheLimit() {
    answer(aResponse().withStatus(200).withBody(new byte[HttpReply.LARGEST + 1]));

    assertThat(assertFailed(ask(), FailureCode.SERVICE)).contains("more than 16777216 bytes");
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void followsNoRedirect() {
    answer(aResponse().withStatus(307).withHeader("Location", server.baseUrl() + "/elsewhere"));
    server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(200)));

    assertFailed(ask(), FailureCode.SERVICE);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void isReallyReleasedByTheLanesTimeout() throws InterruptedException {
    answer(reply(200, "proposal").withFixedDelay(20_000));
    assertEndsWithTheLane();
  }

  @Test
  void isReallyReleasedByTheLanesTimeoutWhileTheBodyTrickles() throws InterruptedException {
    answer(reply(200, "proposal").withChunkedDribbleDelay(20, 20_000));
    assertEndsWithTheLane();
  }

  @Test
  void showsItsKeyToNobodyButTheProvider() throws IOException {
    AnswerStore store =
        new AnswerStore(
            directory.resolve("store"),
            new Disk(Checkpoint.NONE),
            new Redactor(List.of(Secret.of(KEY))));
    for (String fixture : List.of("bad-key", "invalid-request", "proposal", "refusal")) {
      answer(reply(fixture.equals("proposal") || fixture.equals("refusal") ? 200 : 400, fixture));
      Answer answer = ask();
      assertThat(answer.toString().replace(answer.exchange().toString(), "")).doesNotContain(KEY);
      store.keep(LaneSamples.INPUT_DIGEST, spec(), answer);
    }
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContain(KEY));
    }
    assertThat(agent(spec(), Duration.ofSeconds(1)).toString()).doesNotContain(KEY);
  }

  @Test
  void refusesAKeyThatNoHeaderCanCarryWithoutShowingIt() {
    Assertions.assertThatThrownBy(() -> agent(spec(), Secret.of("sk-1\n" + KEY)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("agent 'lane'")
        .hasMessageNotContaining(KEY);
  }

  @Test
  void sendsAKeyAsItIs() {
    answer(reply(200, "decline"));

    String odd = "{key}-%7B$&";
    Answer answer = askWith(odd);

    assertThat(answer).isInstanceOf(Answer.Declined.class);
    assertThat(server.getAllServeEvents().getFirst().getRequest().getHeaders().all().toString())
        .contains(odd);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "no url", "https://user:pw@host", "https:///v1", "file:///etc"})
  void refusesAnEndpointThatIsNoHttpUrl(String endpoint) {
    AgentSpec spec = LaneSamples.spec(type(), endpoint, Duration.ofSeconds(5));

    Assertions.assertThatThrownBy(() -> agent(spec, Secret.of(KEY)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("endpoint");
  }

  @Test
  void asksNobodyWhereTheBudgetLeavesNothing() {
    AgentSpec spec = withBudget(1);

    assertFailed(ask(spec), FailureCode.BUDGET);
    assertThat(requests()).isZero();
  }

  @Test
  void asksForAPromptAndAnAnswerWithinTheBudget() {
    answer(reply(200, "decline"));

    ask(withBudget(2_000));

    JsonObject body = sentBody();
    Long output =
        Stream.of("max_tokens", "max_output_tokens")
            .map(body::integer)
            .filter(java.util.Objects::nonNull)
            .findFirst()
            .orElseThrow();
    assertThat(output).isEqualTo(1_000L);
  }

  @Test
  void doesNotShowWhatTheLaneExcludes() {
    answer(reply(200, "decline"));
    AgentSpec spec =
        LaneSamples.spec(
            "lane",
            type(),
            Duration.ofSeconds(30),
            null,
            base(),
            Workflow.Budget.NONE,
            List.of("src/**"),
            null);

    Answer answer = ask(spec);

    assertThat(server.getAllServeEvents().getFirst().getRequest().getBodyAsString())
        .contains("a.txt")
        .doesNotContain("B.java");
    assertThat(answer.exchange().clipped()).isFalse();
  }

  @Test
  void saysWhoAsks() {
    answer(reply(200, "decline"));

    ask();

    assertThat(server.getAllServeEvents().getFirst().getRequest().header("User-Agent").firstValue())
        .isEqualTo("optr/1.2.3");
  }

  protected AgentSpec spec() {
    return LaneSamples.spec(type(), base(), Duration.ofSeconds(60));
  }

  protected String base() {
    return server.baseUrl() + "/base/";
  }

  protected Answer ask() {
    return ask(spec());
  }

  protected Answer ask(AgentSpec spec) {
    return ask(agent(spec, Secret.of(KEY)));
  }

  protected JsonObject sentBody() {
    try {
      Json body =
          JsonReader.read(server.getAllServeEvents().getFirst().getRequest().getBodyAsString());
      return (JsonObject) body;
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  protected void answer(ResponseDefinitionBuilder reply) {
    server.resetAll();
    server.stubFor(post(urlEqualTo("/base" + path())).willReturn(reply));
  }

  protected ResponseDefinitionBuilder reply(int status, String fixture) {
    try {
      byte[] body =
          Files.readAllBytes(Path.of("test-fixtures", "providers", fixtures(), fixture + ".json"));
      return aResponse().withStatus(status).withHeader(requestIdHeader(), "req_1").withBody(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected String assertFails(String fixture, FailureCode code) {
    return assertFails(200, fixture, code);
  }

  protected String assertFails(int status, String fixture, FailureCode code) {
    answer(reply(status, fixture));
    return assertFailed(ask(), code);
  }

  private static String assertFailed(Answer answer, FailureCode code) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    Answer.Failed failed = (Answer.Failed) answer;
    assertThat(failed.code()).as(failed.message()).isEqualTo(code);
    assertThat(failed.message()).isNotBlank().doesNotContain(KEY).doesNotContain("\n");
    return failed.message();
  }

  private void answers(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
    server.stubFor(
        any(urlEqualTo("/base" + path()))
            .inScenario("again")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(first)
            .willSetStateTo("then"));
    server.stubFor(
        any(urlEqualTo("/base" + path()))
            .inScenario("again")
            .whenScenarioStateIs("then")
            .willReturn(then));
  }

  private int requests() {
    return server.findAll(anyRequestedFor(anyUrl())).size();
  }

  private Answer askWith(String key) {
    return ask(agent(spec(), Secret.of(key)));
  }

  private Answer ask(Agent agent) {
    try {
      Path repository = Files.createTempDirectory(directory, "repository");
      return agent.ask(LaneSamples.question(repository), LaneSamples.log(clock));
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Agent agent(AgentSpec spec, Secret key) {
    ToolLoops loops =
        new ToolLoops(
            Models.shipped(),
            Prices.shipped(),
            new RunBudget(Workflow.Budget.NONE),
            new Retries(new Random(7), clock, clock, passed::add));
    return loops.over(spec, provider(spec, key, http()), new Redactor(List.of(key)));
  }

  private Agent agent(AgentSpec spec, Duration timeout) {
    AgentSpec timed = LaneSamples.spec(type(), spec.endpoint(), timeout);
    return agent(timed, Secret.of(KEY));
  }

  private AgentSpec withBudget(long tokens) {
    Workflow.@Nullable Budget budget = new Workflow.Budget(null, tokens);
    return LaneSamples.spec(
        "lane", type(), Duration.ofSeconds(30), null, base(), budget, List.of(), null);
  }

  private static ProviderHttp http() {
    return new ProviderHttp(Network.direct(), "1.2.3");
  }

  private void assertEndsWithTheLane() throws InterruptedException {
    // The HTTP client's own limit is far away, so that only the interruption can end the call.
    Agent patient = agent(spec(), Duration.ofMinutes(5));
    CountDownLatch ended = new CountDownLatch(1);
    Agent watched =
        (question, log) -> {
          try {
            return patient.ask(question, log);
          } finally {
            ended.countDown();
          }
        };
    AgentSpec hurried = LaneSamples.spec("hurried", type(), Duration.ofMillis(400));

    Answer answer =
        new Asking(clock, new Redactor(List.of()))
            .ask(
                new Lane(hurried, watched),
                LaneSamples.question(directory.resolve("slow")),
                _ -> {});

    assertFailed(answer, FailureCode.TIMEOUT);
    assertThat(requests()).isEqualTo(1);
    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
  }
}
