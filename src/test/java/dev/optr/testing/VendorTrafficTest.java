package dev.optr.testing;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VendorTrafficTest {
  private static final String TASKS = "/agents/repos/o/r/tasks";

  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  @BeforeEach
  void start() {
    VendorSchemas.assumePresent();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void takesTheVendorsOperationsWithTheirQueriesAndBodies() throws Exception {
    send("POST", TASKS, "application/json", "{\"prompt\":\"x\"}");
    send("GET", TASKS + "?state=queued&per_page=30", "", "");
    send("GET", "/repos/o/r/compare/main...feature/x", "", "");
    send("DELETE", "/repos/o/r/git/refs/heads/feature/x", "", "");
    send("GET", "/v3/directline/conversations/c%7C1/activities?watermark=3", "", "");
    send("POST", "/v3/directline/conversations", "", "");
    send(
        "POST",
        "/tenant/oauth2/v2.0/token",
        "application/x-www-form-urlencoded",
        "grant_type=refresh_token&client_id=c&refresh_token=a%2Bb&scope=s");

    assertThat(VendorSchemas.checkAll(server)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET | /agents/repos/o/r/task | | | no vendor's operation
          PUT | /agents/repos/o/r/tasks | | | no vendor's operation
          GET | /agents/repos/o/r/tasks/t/logs | | | no vendor's operation
          GET | /agents/repos/o/r/tasks?status=queued | | | query : unknown member 'status'
          GET | /agents/repos/o/r/tasks?per_page=many | | | query /per_page
          GET | /agents/repos/o/r/tasks?page=1&page=2 | | | 'page' comes twice
          GET | /agents/repos/o/r/tasks | application/json | {} | takes no body
          POST | /agents/repos/o/r/tasks | | | needs a body
          POST | /agents/repos/o/r/tasks | text/plain | {"prompt":"x"} | type is not application/json
          POST | /agents/repos/o/r/tasks | application/json | {"x":1} | unknown member 'x'
          POST | /t/oauth2/v2.0/token | application/json | {} | type is not application/x-www-form
          POST | /t/oauth2/v2.0/token | application/x-www-form-urlencoded | grant_type=password | grant_type
          """)
  void namesWhatNoVendorTakes(
      String method, String url, @Nullable String type, @Nullable String body, String error)
      throws Exception {
    send(method, url, type == null ? "" : type, body == null ? "" : body);

    assertThat(VendorSchemas.checkAll(server))
        .anySatisfy(found -> assertThat(found).contains(error));
  }

  @Test
  void wantsTheBaseBeforeThePath() throws Exception {
    send("GET", "/api/v3" + TASKS, "", "");

    assertThat(VendorSchemas.checkAll(server)).hasSize(1);
    assertThat(VendorSchemas.checkAll(server, "", "/api/v3")).isEmpty();
  }

  @Test
  void keepsWhatAResetForgets() throws Exception {
    VendorTraffic traffic = VendorTraffic.of(server);
    traffic.assertValid();
    send("GET", "/nowhere", "", "");
    server.resetAll();

    assertThat(VendorSchemas.checkAll(server)).isEmpty();
    assertThatThrownBy(traffic::assertValid)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /nowhere: no vendor's operation");
  }

  @Test
  void letsPassWhatGoesToNoVendor() throws Exception {
    VendorTraffic traffic = VendorTraffic.of(server).besides("/oidc?");
    send("GET", "/oidc?audience=x", "", "");

    traffic.assertValid();
  }

  @Test
  void checksAnswersByOperationAndStatus() {
    String task = "{\"id\":\"t\",\"state\":\"queued\",\"created_at\":\"2026-11-22T06:00:00Z\"}";
    String post = "POST /agents/repos/{owner}/{repo}/tasks";

    assertThat(VendorSchemas.checkAnswer(post, 201, task)).isEmpty();
    assertThat(VendorSchemas.checkAnswer(post, 201, task.replace("queued", "lost"))).hasSize(1);
    assertThat(VendorSchemas.checkAnswer(post, 200, task)).hasSize(1);
    assertThat(VendorSchemas.checkAnswer("DELETE /repos/{owner}/{repo}/git/refs/{ref}", 204, ""))
        .isEmpty();
  }

  private void send(String method, String url, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + url))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, UTF_8));
    List.of(type).stream()
        .filter(text -> !text.isEmpty())
        .forEach(t -> request.header("Content-Type", t));
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }
  }
}
