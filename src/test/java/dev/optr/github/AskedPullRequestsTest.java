package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests that are asked for, one or those that are closed. */
final class AskedPullRequestsTest {
  private static final Instant CLOSED = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path directory;
  private GitHubFixture fixture;
  private FakeGitHub github;
  private PullRequests pullRequests;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory);
    github = fixture.github;
    pullRequests = fixture.connection.pullRequests();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private PullRequestEvent get(long number) {
    return pullRequests.get(number, EveryOperation.REPOSITORY);
  }

  @Test
  void standsInForAnEvent() {
    github.openPullRequest(7, "topic", fixture.head);
    github.pullRequests().describe(7, "dependabot[bot]", "Bump x", "by one");

    PullRequestEvent asked = get(7);

    assertThat(asked.action()).isEqualTo("asked");
    assertThat(asked.title()).isEqualTo("Bump x");
    assertThat(asked.body()).isEqualTo("by one");
    assertThat(asked.isFromDependabot()).isTrue();
    assertThat(asked.isFork()).isFalse();
    assertThat(asked.head().sha()).isEqualTo(fixture.head);
    assertThat(asked.base().sha()).isEqualTo(fixture.base);
    assertThat(asked.repository()).isEqualTo(EveryOperation.REPOSITORY);
    assertThat(github.requestLines()).containsExactly("GET /repos/acme/widgets/pulls/7");
  }

  @Test
  void tellsForksAndThoseThatAreGone() {
    github.openPullRequest(8, "main", fixture.head, "main", false, 99);
    github.openPullRequest(9, "main", fixture.head, "main", true, 0);

    assertThat(get(8).isFork()).isTrue();
    assertThat(get(8).head().fullName()).isEqualTo("mallory/widgets");
    assertThat(get(9).isFork()).isTrue();
    assertThat(get(9).head().repositoryId()).isNull();
    assertThat(get(9).draft()).isTrue();
  }

  @Test
  void saysThatThereIsNone() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> get(404))
        .withMessage("there is no pull request #404 in acme/widgets, or the token may not see it");
  }

  @Test
  void believesNoAnswerAboutAnother() {
    github.openPullRequest(7, "topic", fixture.head);
    String other = github.pullRequests().text(7);
    github.answerOnce("GET", ".*/pulls/8", 200, Map.of(), other);
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> get(8))
        .withMessageEndingWith("GitHub answered with another pull request");

    github.answerOnce("GET", ".*/pulls/7", 200, Map.of(), other.replace("4711", "4712"));
    assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> get(7));
  }

  @Test
  void listsTheOpenOnesForEveryBase() {
    github.openPullRequest(9, "b", fixture.head, "release/1.x", false, FakeGitHub.REPOSITORY_ID);
    github.openPullRequest(7, "a", fixture.head);

    assertThat(pullRequests.open())
        .extracting(OpenPullRequest::number, OpenPullRequest::base)
        .containsExactly(tuple(7L, "main"), tuple(9L, "release/1.x"));
  }

  @Test
  void listsTheClosedOnesTheLastChangedFirst() {
    github.openPullRequest(6, "open", fixture.head);
    github.openPullRequest(7, "merged", fixture.head);
    github.openPullRequest(8, "dropped", fixture.base);
    github.pullRequests().close(8, null, CLOSED.minusSeconds(60));
    github.pullRequests().close(7, fixture.base, CLOSED);

    assertThat(pullRequests.recentlyClosed(100))
        .containsExactly(
            new ClosedPullRequest(7, true, fixture.base, fixture.head, "main", CLOSED),
            new ClosedPullRequest(8, false, null, fixture.base, "main", CLOSED.minusSeconds(60)));
  }

  @Test
  void listsNoMoreClosedOnesThanItIsAskedFor() {
    for (int number = 1; number <= 250; number++) {
      github.openPullRequest(number, "b" + number, fixture.head);
      github.pullRequests().close(number, null, CLOSED);
    }

    assertThat(pullRequests.recentlyClosed(30)).hasSize(30);
    assertThat(github.requests()).hasSize(1);
    assertThat(pullRequests.recentlyClosed(1))
        .extracting(ClosedPullRequest::number)
        .containsExactly(250L);
    assertThat(pullRequests.recentlyClosed(150)).hasSize(150);
    assertThat(pullRequests.recentlyClosed(1000)).hasSize(250);
    assertThat(pullRequests.recentlyClosed(0)).isEmpty();
  }

  @Test
  void readsNoMalformedClosedOne() {
    github.openPullRequest(7, "merged", fixture.head);
    github.pullRequests().close(7, fixture.base, CLOSED);
    String good = github.pullRequests().text(7);
    for (String bad :
        List.of(
            good.replace("\"merge_commit_sha\":\"", "\"merge_commit_sha\":\"x"),
            good.replace("\"number\":7", "\"number\":0"),
            good.replace("\"closed_at\":\"", "\"closed_at\":\"x"),
            good.replace("\"head\":", "\"tail\":"))) {
      assertThat(bad).isNotEqualTo(good);
      github.answerOnce("GET", ".*/pulls\\?.*", 200, Map.of(), "[" + bad + "]");
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(() -> pullRequests.recentlyClosed(5))
          .withMessage(
              "could not list the closed pull requests: GitHub lists a malformed pull"
                  + " request");
    }
  }
}
