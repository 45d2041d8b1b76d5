package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.evidence.OtherHeads;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import dev.optr.github.Endpoint;
import dev.optr.github.GitHubConnection;
import dev.optr.github.PullRequestEvent;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtherPullRequestsTest {
  private static final long OWN = FakeGitHub.REPOSITORY_ID;

  @TempDir Path directory;
  private PlayedPullRequest played;
  private GitRepository local;

  @BeforeEach
  void begin() {
    played = PlayedPullRequest.start(directory.resolve("played"), Map.of("README.md", "short\n"));
    local = GitRepository.initBare(directory.resolve("local"), Checkpoint.NONE);
  }

  @AfterEach
  void end() {
    local.close();
    played.close();
  }

  private OtherHeads find(String gitToken) throws JsonException {
    FakeGitHub gitHub = played.gitHub();
    GitHubConnection connection =
        GitHubConnection.open(
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build(),
            new Endpoint(gitHub.apiUrl(), gitHub.graphqlUrl(), FakeGitHub.REPOSITORY),
            Secret.of(FakeGitHub.TOKEN),
            "optr/test",
            InstantSource.system());
    RemoteHeads remote =
        new RemoteHeads(
            local,
            Network.direct(),
            played.git().url(FakeGitHub.REPOSITORY),
            Optional.of(Secret.of(gitToken)));
    PullRequestEvent event =
        PullRequestEvent.parse(
            JsonReader.readObject(played.event("pull_request.opened.json").getBytes(UTF_8)));
    return new OtherPullRequests(connection.pullRequests(), remote, event).find();
  }

  @Test
  void knowsWhichOfThemCount() throws Exception {
    String old = played.base();
    played.gitHub().openPullRequest(8, "moved", old, "main", false, OWN);
    played.gitHub().openPullRequest(9, "draft", old, "main", true, OWN);
    played.gitHub().openPullRequest(10, "patch-1", old, "main", false, 99);
    played.gitHub().openPullRequest(11, "gone", old, "main", false, OWN);
    played.gitHub().openPullRequest(12, "elsewhere", old, "release", false, OWN);

    assertThat(find(FakeGitHub.TOKEN))
        .isEqualTo(
            new OtherHeads.Listed(
                List.of(
                    new OtherHeads.Head(8L, "moved", played.head(), false, null),
                    new OtherHeads.Head(10L, "patch-1", old, true, null),
                    new OtherHeads.Head(11L, "gone", old, false, "its branch is gone"))));
    assertThat(local.resolve("refs/optr/others/8")).contains(played.head());
    assertThat(local.resolve("refs/optr/others/10")).isEmpty();
  }

  @Test
  void findsNoneWhereItIsTheOnlyOne() throws Exception {
    assertThat(find("not needed")).isEqualTo(new OtherHeads.Listed(List.of()));
    assertThat(played.git().requests()).isEmpty();
  }

  @Test
  void saysOfEachThatItCouldNotBeFetched() throws Exception {
    played.gitHub().openPullRequest(8, "other", played.head(), "main", false, OWN);

    assertThat(find("wrong"))
        .isInstanceOfSatisfying(
            OtherHeads.Listed.class,
            listed -> {
              assertThat(listed.heads()).hasSize(1);
              assertThat(listed.heads().getFirst().missing()).contains("not authorized");
            });
  }

  @Test
  void saysThatTheyCouldNotBeListed() throws Exception {
    played
        .gitHub()
        .answerOnce(
            "GET",
            ".*/pulls.*",
            403,
            Map.of(),
            "{\"message\": \"Resource not accessible by integration\"}");

    assertThat(find(FakeGitHub.TOKEN))
        .isInstanceOfSatisfying(
            OtherHeads.Unlisted.class,
            unlisted -> assertThat(unlisted.reason()).contains("list the open pull requests"));
  }
}
