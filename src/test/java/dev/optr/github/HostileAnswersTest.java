package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an operation is answered, it ends, and with a fault that says who must act. */
final class HostileAnswersTest {
  private static final String ANY = "(?s).*";
  private static final List<String> METHODS = List.of("GET", "POST", "PATCH", "DELETE");
  private static final String REFUSED =
      "{\"message\": \"Resource not accessible by integration\", \"status\": \"403\"}";

  @TempDir Path directory;
  private GitHubFixture fixture;
  private FakeGitHub github;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory);
    github = fixture.github;
    EveryOperation.prepare(fixture);
  }

  @AfterEach
  void stop() {
    github.close();
  }

  private Map<String, Consumer<GitHubConnection>> everything() {
    Map<String, Consumer<GitHubConnection>> all = new TreeMap<>();
    EveryOperation.reading(fixture).forEach((name, ask) -> all.put("read " + name, ask));
    EveryOperation.writing(fixture).forEach((name, ask) -> all.put("write " + name, ask));
    return all;
  }

  /** Every request of the operation is answered so. */
  private Throwable answered(
      Consumer<GitHubConnection> ask, int status, Map<String, String> headers, String body) {
    for (String method : METHODS) {
      for (int i = 0; i < 12; i++) {
        github.answerOnce(method, ANY, status, headers, body);
      }
    }
    Throwable thrown = catchThrowable(() -> ask.accept(fixture.connection));
    github.forgetFaults();
    return thrown;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "true",
        "7",
        "\"text\"",
        "[]",
        "[null]",
        "[[]]",
        "[{}]",
        "{}",
        "{\"sha\": 7, \"tree\": [], \"id\": \"x\", \"permission\": {}, \"number\": -1}",
        "{\"sha\": \"../x\", \"tree\": null, \"permission\": \"owner\", \"body\": 1}",
        "{\"data\": null, \"errors\": 7, \"object\": {\"sha\": \"HEAD\"}}",
        "[{\"ref\": \"refs/heads/topic\"}, {\"number\": 9223372036854775808}]",
        "[{\"id\": 1, \"html_url\": \"::\", \"body\": \"<!-- optr:sticky v1 key=optr -->\"}]",
        "{\"id\": 1, \"html_url\": \"http://[\"}",
        "<html>Unicorn!</html>",
        "{\"a\":",
        "\u0000\u0000"
      })
  void endsWithAFaultOfTheServiceWhereTheAnswerIsNonsense(String body) {
    everything()
        .forEach(
            (name, ask) -> {
              Throwable thrown = answered(ask, 200, Map.of(), body);
              if (thrown != null) {
                assertThat(thrown)
                    .as(name + " answered " + body)
                    .isInstanceOf(ServiceException.class)
                    .hasMessageStartingWith("could not ");
                assertThat(String.valueOf(thrown.getMessage())).hasSizeLessThan(1000);
              }
            });
  }

  @Test
  void endsWhereTheAnswerIsNestedWithoutEnd() {
    String deep = "[".repeat(100_000);
    everything()
        .forEach(
            (name, ask) ->
                assertThat(answered(ask, 200, Map.of(), deep))
                    .as(name)
                    .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isInstanceOf(ServiceException.class),
                        thrown -> assertThat(thrown).isNull()));
  }

  @Test
  void readsNoListWithoutEnd() {
    for (int i = 0; i < 200; i++) {
      github.answerOnce("GET", ".*/issues/7/comments.*", 200, Map.of(), valid(100));
    }

    assertThat(
            catchThrowable(
                () ->
                    fixture
                        .connection
                        .comments()
                        .upsert(7, EveryOperation.MARKER, EveryOperation.MARKER)))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("more than");
  }

  private static String valid(int comments) {
    String one =
        "{\"id\": 1, \"body\": \"x\", \"html_url\": \"https://x/\", \"user\": {\"login\": \"m\"}}";
    return "[" + String.join(",", Collections.nCopies(comments, one)) + "]";
  }

  @Test
  void readsNoAnswerWithoutEnd() {
    github.answerOnce("GET", ANY, 200, Map.of(), "[" + " ".repeat(33 << 20) + "]");

    assertThat(catchThrowable(() -> fixture.connection.pullRequests().open()))
        .isInstanceOf(ServiceException.class)
        .hasMessage(
            "could not list the open pull requests: GitHub's answer is longer than 33554432 bytes");
    assertThat(github.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void saysThatTheServerFails(int status) {
    everything()
        .forEach(
            (name, ask) ->
                assertThat(answered(ask, status, Map.of(), "<title>Unicorn!</title>"))
                    .as(name)
                    .isInstanceOfSatisfying(
                        ServiceException.class,
                        fault -> {
                          assertThat(fault.getMessage()).contains("HTTP " + status);
                          assertThat(fault.worthRetrying()).isTrue();
                        }));
  }

  @Test
  void tellsATokenThatMayNot() {
    everything()
        .forEach(
            (name, ask) ->
                assertThat(answered(ask, 403, Map.of(), REFUSED))
                    .as(name)
                    .isInstanceOf(ReadOnlyTokenException.class)
                    .hasMessageStartingWith("the token may not "));
  }

  @Test
  void tellsATokenThatIsNotAccepted() {
    everything()
        .forEach(
            (name, ask) ->
                assertThat(answered(ask, 401, Map.of(), "{\"message\": \"Bad credentials\"}"))
                    .as(name)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("input 'github-token'"));
  }

  @Test
  void neverGoesToAnotherServer() throws IOException {
    try (GitHubFixture elsewhere = new GitHubFixture(directory.resolve("elsewhere"))) {
      for (int status : new int[] {301, 302, 307, 308}) {
        Map<String, String> location =
            Map.of("Location", elsewhere.github.apiUrl() + "/repos/acme/widgets");
        everything()
            .forEach(
                (name, ask) ->
                    assertThat(answered(ask, status, location, ""))
                        .as(name)
                        .isInstanceOf(ServiceException.class));
      }
      assertThat(elsewhere.github.requests()).isEmpty();
    }
  }

  @Test
  void waitsNoLongerThanARunMayWhateverItIsTold() {
    List<Map<String, String>> limits =
        List.of(
            Map.of("Retry-After", "3600"),
            Map.of("Retry-After", "Sun, 22 Nov 2026 11:00:00 GMT"),
            Map.of("Retry-After", "99999999999"),
            Map.of("Retry-After", "soon"),
            Map.of("Retry-After", "-5"),
            Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "99999999999"),
            Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "never"));
    for (Map<String, String> headers : limits) {
      for (int status : new int[] {403, 429}) {
        everything()
            .forEach(
                (name, ask) ->
                    assertThat(answered(ask, status, headers, "{\"message\": \"slow down\"}"))
                        .as(name)
                        .isInstanceOf(ServiceException.class)
                        .hasMessageContaining("rate limit"));
      }
    }
    assertThat(fixture.pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofSeconds(90));
  }
}
