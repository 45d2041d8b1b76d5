package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenPullRequestsTest {
  private static final long OWN = FakeGitHub.REPOSITORY_ID;

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

  @Test
  void listsThoseForOneBaseOverAllPages() {
    for (int number = 1; number <= 250; number++) {
      github.openPullRequest(number, "b" + number, fixture.head, "main", false, OWN);
    }
    github.openPullRequest(251, "b", fixture.head, "release/1.x", false, OWN);

    assertThat(fixture.connection.pullRequests().openFor("main"))
        .extracting(OpenPullRequest::number)
        .hasSize(250)
        .startsWith(1L)
        .endsWith(250L);
    assertThat(github.requestLines()).hasSize(3);
    assertThat(fixture.connection.pullRequests().openFor("release/1.x"))
        .containsExactly(new OpenPullRequest(251, "b", fixture.head, false, false, "release/1.x"));
    assertThat(github.requestLines().getLast())
        .isEqualTo(
            "GET /repos/acme/widgets/pulls?state=open&sort=created&direction=asc&base=release%2F1.x&per_page=100&page=1");
  }

  @Test
  void tellsDraftsAndForks() {
    github.openPullRequest(1, "draft", fixture.head, "main", true, OWN);
    github.openPullRequest(2, "fork", fixture.head, "main", false, 99);
    github.openPullRequest(3, "gone", fixture.head, "main", false, 0);

    assertThat(fixture.connection.pullRequests().openFor("main"))
        .containsExactly(
            new OpenPullRequest(1, "draft", fixture.head, true, false, "main"),
            new OpenPullRequest(2, "fork", fixture.head, false, true, "main"),
            new OpenPullRequest(3, "gone", fixture.head, false, true, "main"));
  }

  @Test
  void givesUpBeyondAThousand() {
    for (int number = 1; number <= 1000; number++) {
      github.openPullRequest(number, "b", fixture.head, "main", false, OWN);
    }

    assertThatThrownBy(() -> fixture.connection.pullRequests().openFor("main"))
        .isInstanceOf(ServiceException.class)
        .hasMessage("could not list the open pull requests: there are more than 1000 of them");
    assertThat(github.requestLines()).hasSize(10);
  }

  @Test
  void refusesWhatIsNoList() {
    for (String body :
        new String[] {
          "{}", "[1]", "[{}]", "[{\"number\": 1, \"draft\": false, \"head\": {\"sha\": \"../x\"}}]"
        }) {
      github.answerOnce("GET", ".*/pulls.*", 200, Map.of(), body);

      assertThatThrownBy(() -> fixture.connection.pullRequests().openFor("main"))
          .isInstanceOf(ServiceException.class)
          .hasMessageStartingWith("could not list the open pull requests: GitHub");
    }
  }
}
