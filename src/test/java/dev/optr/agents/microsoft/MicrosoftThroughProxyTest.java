package dev.optr.agents.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.ProviderHttp;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.testing.CopilotChatPlayer;
import dev.optr.testing.DirectLinePlayer;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import dev.optr.workflow.AgentSpec;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole conversations through a tunnel, with a server that only the named bundle vouches for. */
final class MicrosoftThroughProxyTest extends MicrosoftHarness {
  private static final String HOST = "chat.vendor.invalid";
  private static final String BASE = "https://" + HOST;
  private static final String TUNNEL = "CONNECT " + HOST + ":443";

  private final TestAuthority authority = new TestAuthority();

  @Test
  void talksToABotThroughTheProxyAlone() {
    try (DirectLinePlayer player = DirectLinePlayer.saying(KEY, LIST, PATH);
        TlsFront tls = front(player.base());
        ForwardProxy proxy = ForwardProxy.open().knows(HOST + ":443", tls.port())) {
      AgentSpec lane = lane("direct-line", null, BASE);

      Answer answer =
          ask(lane, new DirectLine(lane, Optional.empty(), Secret.of(KEY), http(proxy)));

      assertThat(answer).isInstanceOf(Answer.Proposed.class);
      assertThat(proxy.lines()).isNotEmpty().containsOnly(TUNNEL);
    }
  }

  @Test
  void chatsThroughTheProxyAlone() {
    try (CopilotChatPlayer player = CopilotChatPlayer.graph(KEY, LIST, PATH);
        TlsFront tls = front(player.base());
        ForwardProxy proxy = ForwardProxy.open().knows(HOST + ":443", tls.port())) {
      AgentSpec lane = lane("graph", null, BASE);

      Answer answer = ask(lane, CopilotChat.graph(lane, Secret.of(KEY), http(proxy)));

      assertThat(answer).isInstanceOf(Answer.Proposed.class);
      assertThat(proxy.lines()).isNotEmpty().containsOnly(TUNNEL);
    }
  }

  private TlsFront front(String base) {
    return new TlsFront(authority.identity(HOST), URI.create(base).getPort());
  }

  private ProviderHttp http(ForwardProxy proxy) {
    authority.writeTo(directory.resolve("ca.pem"));
    Map<String, String> environment = Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem");
    return new ProviderHttp(Network.of(environment, directory), "1.2.3");
  }
}
