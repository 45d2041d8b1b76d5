package dev.optr.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.optr.base.Network;
import feign.RequestLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ProviderHttpTest {
  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  interface Api {
    @RequestLine("POST /x")
    HttpReply post(String body);
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void sendsTheBodyAsItIs() throws IOException, InterruptedException {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
    String body = "{\"template\": \"{x} %7B é 😀\"}";

    post(server.baseUrl(), body);

    assertThat(server.getAllServeEvents().getFirst().getRequest().getBodyAsString())
        .isEqualTo(body);
  }

  @Test
  void measuresALimitAfterDecompression() throws IOException, InterruptedException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
      for (int i = 0; i < 40; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    server.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(200)
                    .withHeader("Content-Encoding", "gzip")
                    .withBody(bomb.toByteArray())));

    HttpReply reply = post(server.baseUrl(), "");

    assertThat(reply.tooLarge()).isTrue();
    assertThat(reply.body().size()).isZero();
  }

  @Test
  void readsHeadersWithoutRegardToCase() throws IOException, InterruptedException {
    server.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(500)
                    .withHeader("X-Request-ID", "req_1")
                    .withBody("not JSON".getBytes(StandardCharsets.UTF_8))));

    HttpReply reply = post(server.baseUrl(), "");

    assertThat(reply.header("x-request-id")).contains("req_1");
    assertThat(reply.isSuccess()).isFalse();
    assertThat(reply.json()).isEmpty();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void waitsNoLongerThanToldForABodyThatNeverEnds() throws IOException {
    try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> beginAnAnswer(endless));
      Duration limit = Duration.ofMillis(700);
      Api api =
          new ProviderHttp(Network.direct(), "1")
              .api(Api.class, "http://localhost:" + endless.getLocalPort(), limit);

      assertThatThrownBy(() -> ProviderHttp.sendWithin(limit, () -> api.post("")))
          .isInstanceOf(IOException.class);
    }
  }

  private static void beginAnAnswer(ServerSocket server) {
    try (Socket asked = server.accept()) {
      asked
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".getBytes(US_ASCII));
      asked.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private static HttpReply post(String base, String body) throws IOException, InterruptedException {
    Api api = new ProviderHttp(Network.direct(), "1").api(Api.class, base, Duration.ofSeconds(20));
    return ProviderHttp.send(() -> api.post(body));
  }
}
