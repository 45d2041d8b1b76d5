package dev.optr.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fake that lets anything pass would prove nothing, so it is tested itself. */
final class FakeGitHubTest {
  @TempDir Path directory;
  private FakeGitHub github;

  @BeforeEach
  void start() throws IOException {
    try (Repository repository =
        new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()).build()) {
      repository.create(true);
    }
    github = new FakeGitHub(directory);
  }

  @AfterEach
  void stop() {
    github.close();
  }

  private int send(String method, String path, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(github.apiUrl() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString("{\"body\": \"hello\"}"))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void failsOnARequestThatNobodyForesaw() throws IOException, InterruptedException {
    assertThat(send("GET", "/repos/acme/widgets", FakeGitHub.TOKEN)).isEqualTo(200);
    assertThatCode(github::assertNoUnexpectedRequests).doesNotThrowAnyException();

    assertThat(send("DELETE", "/repos/acme/widgets", FakeGitHub.TOKEN)).isEqualTo(418);
    assertThat(send("GET", "/repos/acme/other", FakeGitHub.TOKEN)).isEqualTo(418);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(github::assertNoUnexpectedRequests)
        .withMessage("unexpected requests: [DELETE /repos/acme/widgets, GET /repos/acme/other]");
  }

  @Test
  void refusesAStranger() throws IOException, InterruptedException {
    assertThat(send("GET", "/repos/acme/widgets", "another")).isEqualTo(401);
  }

  @Test
  void keepsAndPassesOnEveryRequestInOrder() throws IOException, InterruptedException {
    List<String> heard = new ArrayList<>();
    github.listen(request -> heard.add(request.line() + " " + request.body()));

    int _ = send("POST", "/repos/acme/widgets/issues/7/comments", FakeGitHub.TOKEN);
    int _ = send("PATCH", "/repos/acme/widgets/issues/comments/1", FakeGitHub.TOKEN);

    assertThat(github.requestLines())
        .containsExactly(
            "POST /repos/acme/widgets/issues/7/comments",
            "PATCH /repos/acme/widgets/issues/comments/1");
    assertThat(heard.getFirst()).endsWith("comments {\"body\": \"hello\"}");
    assertThat(github.comments()).hasSize(1);
  }

  @Test
  void answersAScriptOnceAndDoesNothingElse() throws IOException, InterruptedException {
    github.answerOnce("POST", ".*/comments", 502, Map.of(), "");

    assertThat(send("POST", "/repos/acme/widgets/issues/7/comments", FakeGitHub.TOKEN))
        .isEqualTo(502);
    assertThat(github.comments()).isEmpty();
    assertThat(send("POST", "/repos/acme/widgets/issues/7/comments", FakeGitHub.TOKEN))
        .isEqualTo(201);
  }

  @Test
  void refusesEveryWriteOfAReadOnlyToken() throws IOException, InterruptedException {
    github.makeTokenReadOnly();

    assertThat(send("POST", "/repos/acme/widgets/issues/7/comments", FakeGitHub.TOKEN))
        .isEqualTo(403);
    assertThat(send("GET", "/repos/acme/widgets", FakeGitHub.TOKEN)).isEqualTo(200);
  }
}
