package dev.optr.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A provider's adapter against a local server that answers as the test says. */
public abstract class ProviderHarness {
  protected static final String KEY = "sk-test-secret-0123456789";

  protected final WireMockServer server =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));
  protected final VendorTraffic traffic = VendorTraffic.of(server, "/base");
  protected final TestClock clock = new TestClock();
  protected final List<String> passed = new ArrayList<>();
  protected final List<String> told = new ArrayList<>();
  protected RunBudget run = new RunBudget(Workflow.Budget.NONE);

  @TempDir protected Path directory;

  protected abstract AgentType type();

  /** Name of the folder of this provider's fixtures. */
  protected abstract String fixtures();

  /** Of the one URL that is asked, behind the base URL. */
  protected abstract String path();

  protected abstract String requestIdHeader();

  protected abstract Provider provider(AgentSpec spec, Secret key, ProviderHttp http);

  /** What tokens cost. */
  protected Prices prices() {
    return Prices.shipped();
  }

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

  protected AgentSpec spec() {
    return spec(base());
  }

  protected AgentSpec spec(String endpoint) {
    return LaneSamples.spec(type(), endpoint, Duration.ofSeconds(60));
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

  protected Answer ask(Agent agent) {
    return ask(agent, question());
  }

  /** About a repository of its own. */
  public Question question() {
    try {
      return LaneSamples.question(Files.createTempDirectory(directory, "repository"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected Answer ask(Agent agent, Question question) {
    try {
      return agent.ask(question, new LaneLog(null, clock, event -> told.add(event.text())));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  protected Agent agent(AgentSpec spec, Secret key) {
    return agent(spec, provider(spec, key, http()), new Redactor(List.of(key)));
  }

  protected Agent agent(AgentSpec spec, Provider provider, Redactor redactor) {
    Retries retries = new Retries(new Random(7), clock, clock, passed::add);
    return new ToolLoops(Models.shipped(), prices(), run, retries).over(spec, provider, redactor);
  }

  protected static ProviderHttp http() {
    return new ProviderHttp(Network.direct(), "1.2.3");
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

  /** All requests get this answer. */
  protected void answer(ResponseDefinitionBuilder reply) {
    server.resetAll();
    server.stubFor(post(urlEqualTo("/base" + path())).willReturn(reply));
  }

  /** The first request gets one answer, all others the other. */
  protected void answers(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
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

  protected ResponseDefinitionBuilder reply(int status, String fixture) {
    return aResponse()
        .withStatus(status)
        .withHeader(requestIdHeader(), "req_1")
        .withBody(fixture(fixture));
  }

  protected byte[] fixture(String name) {
    try {
      return Files.readAllBytes(Path.of("test-fixtures", "providers", fixtures(), name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected int requests() {
    return server.findAll(anyRequestedFor(anyUrl())).size();
  }

  protected String assertFails(String fixture, FailureCode code) {
    return assertFails(200, fixture, code);
  }

  protected String assertFails(int status, String fixture, FailureCode code) {
    answer(reply(status, fixture));
    return assertFailed(ask(), code);
  }

  protected static String assertFailed(Answer answer, FailureCode code) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    Answer.Failed failed = (Answer.Failed) answer;
    assertThat(failed.code()).as(failed.message()).isEqualTo(code);
    assertThat(failed.message()).isNotBlank().doesNotContain(KEY).doesNotContain("\n");
    return failed.message();
  }
}
