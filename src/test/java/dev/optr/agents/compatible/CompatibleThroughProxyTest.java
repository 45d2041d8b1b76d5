package dev.optr.agents.compatible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHarness;
import dev.optr.agents.ProviderHttp;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lane through a real proxy; only the proxy knows the host, only the bundle vouches. */
final class CompatibleThroughProxyTest extends ProviderHarness {
  private static final String HOST = "models.vendor.invalid";

  private final TestAuthority authority = new TestAuthority();

  @Override
  protected AgentType type() {
    return AgentType.OPENAI_COMPATIBLE;
  }

  @Override
  protected String fixtures() {
    return "compatible";
  }

  @Override
  protected String path() {
    return "/chat/completions";
  }

  @Override
  protected String requestIdHeader() {
    return "x-request-id";
  }

  @Override
  protected AgentSpec spec(String endpoint) {
    return LaneSamples.spec(
        "lane",
        type(),
        Duration.ofSeconds(60),
        "local-coder",
        endpoint,
        Workflow.Budget.NONE,
        List.of(),
        null);
  }

  @Override
  protected Provider provider(AgentSpec spec, Secret key, ProviderHttp http) {
    return new Compatible(spec, Optional.of(key), http);
  }

  @Test
  void asksThroughTheProxyAlone() {
    answer(reply(200, "decline"));
    authority.writeTo(directory.resolve("ca.pem"));
    try (TlsFront tls = new TlsFront(authority.identity(HOST), server.port());
        ForwardProxy proxy = ForwardProxy.open().knows(HOST + ":443", tls.port())) {
      Map<String, String> environment =
          Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem");
      ProviderHttp http = new ProviderHttp(Network.of(environment, directory), "1.2.3");
      AgentSpec lane = spec("https://" + HOST + "/base");

      Answer answer =
          ask(agent(lane, provider(lane, Secret.of(KEY), http), new Redactor(List.of())));

      assertThat(answer).isInstanceOf(Answer.Declined.class);
      assertThat(proxy.lines()).isNotEmpty().containsOnly("CONNECT " + HOST + ":443");
    }
  }
}
