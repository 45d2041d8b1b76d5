package dev.optr.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.optr.base.Bytes;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GitHubConnectionTest {
  @TempDir Path directory;
  private GitHubFixture fixture;
  private FakeGitHub github;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory);
    github = fixture.github;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void setStatus(String description) {
    setStatus(fixture.connection, description);
  }

  private void setStatus(GitHubConnection connection, String description) {
    connection
        .statuses()
        .set(fixture.head, CommitState.SUCCESS, "optr/gate", description, GitHubFixture.runUrl());
  }

  @Test
  void setsAStatus() {
    setStatus("selected: claude (2/4 admissible)");

    assertThat(github.statuses())
        .containsExactly(
            new FakeGitHub.Status(
                fixture.head,
                "success",
                "optr/gate",
                "selected: claude (2/4 admissible)",
                GitHubFixture.runUrl().toString()));
  }

  @Test
  void cutsADescriptionAtAHundredAndFortyCharactersWithoutBreakingOne() {
    setStatus("\uD83D\uDE80".repeat(140));
    setStatus("\uD83D\uDE80".repeat(141));

    assertThat(github.statuses().get(0).description()).isEqualTo("\uD83D\uDE80".repeat(140));
    assertThat(github.statuses().get(1).description()).isEqualTo("\uD83D\uDE80".repeat(139) + "…");
  }

  @Test
  void saysWhatGitHubSaidAgainstAStatus() {
    String unknown = "0123456789012345678901234567890123456789";

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(
            () ->
                fixture
                    .connection
                    .statuses()
                    .set(unknown, CommitState.PENDING, "optr/gate", "", GitHubFixture.runUrl()))
        .withMessage(
            "could not set the status 'optr/gate' on %s: HTTP 422: No commit found for SHA: %s"
                .formatted(unknown, unknown));
  }

  @Test
  void saysEveryErrorThatGitHubNamesOnOneLine() {
    String refusal =
        """
        {"message": "Validation Failed", "errors": [{"message": "context\\n::error::x"}, "too long"]}
        """;
    github.answerOnce("POST", ".*/statuses/.*", 422, Map.of(), refusal);

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> setStatus("x"))
        .withMessageEndingWith("HTTP 422: Validation Failed; context ::error::x; too long");
  }

  @Test
  void listsTheOpenPullRequestsWithAHeadOverAllPages() {
    for (int number = 1; number <= 203; number++) {
      github.openPullRequest(
          number, "branch-" + number, number % 101 == 0 ? fixture.head : fixture.base);
    }

    assertThat(fixture.connection.pullRequests().openWithHead(fixture.head))
        .containsExactlyInAnyOrder(101L, 202L);
    assertThat(github.requestLines().stream().filter(line -> line.contains("/pulls"))).hasSize(3);
  }

  @Test
  void namesItselfAndSendsTheTokenInOneHeader() {
    setStatus("x");

    assertThat(github.requests())
        .allSatisfy(
            request -> {
              assertThat(request.headers()).containsEntry("user-agent", "optr/0.1.0 (77)");
              assertThat(request.headers()).containsEntry("x-github-api-version", "2022-11-28");
              assertThat(request.line()).doesNotContain(FakeGitHub.TOKEN);
            });
  }

  @Test
  void needsTwelveRequestsForARunOfTwelveFilesBesideAHundredOpenPullRequests() {
    for (int number = 1; number <= 100; number++) {
      github.openPullRequest(number, "branch-" + number, fixture.base);
    }
    EveryOperation.prepare(fixture);
    setStatus("pending");
    List<OpenPullRequest> open = fixture.connection.pullRequests().open();
    Map<String, Bytes> files = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      files.put("datalake/" + i, Bytes.utf8("document " + i));
    }
    String anchor = fixture.connection.gitData().commit(fixture.head, files, "Record");
    setStatus("selected");
    fixture.connection.gitData().moveBranch("topic", fixture.head, anchor);
    fixture.connection.comments().upsert(7, EveryOperation.MARKER, EveryOperation.MARKER);

    assertThat(open).hasSize(99);
    // Status, 1; list, 1; commit, 3; status, 1; move, 2; comments, 2, and GraphQL, 2.
    assertThat(github.requests()).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void triesAgainWhereTheServerFails(int status) {
    github.answerOnce("POST", ".*/statuses/.*", status, Map.of(), "<title>Unicorn!</title>");
    github.answerOnce("POST", ".*/statuses/.*", status, Map.of(), "");

    setStatus("x");

    assertThat(github.statuses()).hasSize(1);
    assertThat(fixture.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4));
  }

  @Test
  void triesAgainWhereNoAnswerComes() {
    GitHubConnection hasty = fixture.connect(FakeGitHub.TOKEN, Duration.ofSeconds(2));
    github.delayOnce("POST", ".*/statuses/.*", Duration.ofSeconds(4));

    setStatus(hasty, "x");

    assertThat(github.statuses()).hasSize(2);
  }

  @Test
  void saysThatTheTokenIsNotAccepted() {
    GitHubConnection stranger =
        fixture.connect("ghs_an0therTokenThatIsNotValid", Duration.ofSeconds(30));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> setStatus(stranger, "x"))
        .withMessage(
            "input 'github-token': GitHub does not accept it (HTTP 401: Bad credentials);"
                + " pass a valid token");
  }

  @Test
  void neverSendsTheTokenToAnotherServer() throws IOException {
    try (GitHubFixture elsewhere = new GitHubFixture(directory.resolve("elsewhere"))) {
      github.answerOnce(
          "POST",
          ".*/statuses/.*",
          307,
          Map.of("Location", elsewhere.github.apiUrl() + "/repos/acme/widgets/statuses/x"),
          "");

      assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> setStatus("x"));
      assertThat(elsewhere.github.requests()).isEmpty();
    }
  }

  @Test
  void keepsTheTokenOutOfWhatIsThrownThoughGitHubEchoesIt() {
    String token = FakeGitHub.TOKEN;
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(token.getBytes(UTF_8));
    String echo = "{\"message\": \"bad header %s or %s\"}".formatted(token, encoded);
    github.answerOnce("POST", ".*/statuses/.*", 400, Map.of("X-Echo", token), echo);

    Throwable thrown = catchThrowable(() -> setStatus("x"));

    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).contains("bad header *** or ***").doesNotContain(token, encoded);
  }

  @Test
  void stopsWhereItIsInterruptedAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    Throwable thrown = catchThrowable(() -> setStatus("x"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown).isInstanceOf(ServiceException.class).hasMessageEndingWith("interrupted");
    assertThat(github.statuses()).isEmpty();
  }

  @Test
  void insistsOnAClientThatNeitherRedirectsNorHangs() {
    Endpoint endpoint = new Endpoint(github.apiUrl(), github.graphqlUrl(), "acme/widgets");
    HttpClient redirecting =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    for (HttpClient client : new HttpClient[] {redirecting, HttpClient.newHttpClient()}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  GitHubConnection.open(
                      client, endpoint, Secret.of("t"), "optr", InstantSource.system()));
    }
  }

  @Test
  void takesNothingForARepositoryThatCouldLeadElsewhere() {
    for (String name :
        new String[] {"acme", "acme/widgets/..", "acme/wid?gets", "../widgets", "acme/..", ""}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Endpoint(github.apiUrl(), github.graphqlUrl(), name));
    }
  }
}
