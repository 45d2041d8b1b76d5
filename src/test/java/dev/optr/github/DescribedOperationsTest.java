package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import dev.optr.testing.VendorSchemas;
import dev.optr.testing.VendorTraffic;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every request that we send is one that GitHub's OpenAPI description takes. */
final class DescribedOperationsTest {
  @TempDir Path directory;
  private GitHubFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory);
    EveryOperation.prepare(fixture);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void asksEverythingAsGitHubDescribesIt() {
    VendorSchemas.assumePresent();
    VendorTraffic traffic = fixture.github.traffic().besides("/graphql");

    askEverything();

    traffic.assertValid();
  }

  @Test
  void asksNothingElse() {
    askEverything();

    assertThat(
            fixture.github.requestLines().stream()
                .map(line -> line.replace("/repos/" + FakeGitHub.REPOSITORY, ""))
                .map(line -> line.replaceAll("[0-9a-f]{40}", "SHA").replaceAll("\\?.*", ""))
                .distinct())
        .containsExactly(
            "GET ",
            "GET /pulls/7",
            "GET /pulls",
            "GET /collaborators/ada/permission",
            "GET /git/matching-refs/heads/topic",
            "POST /statuses/SHA",
            "POST /check-runs",
            "GET /issues/7/comments",
            "POST /graphql",
            "PATCH /issues/comments/1001",
            "GET /issues/9/comments",
            "POST /issues/9/comments",
            "GET /git/commits/SHA",
            "POST /git/blobs",
            "POST /git/trees",
            "POST /git/commits",
            "GET /git/matching-refs/heads/main",
            "PATCH /git/refs/heads/main",
            "POST /git/refs",
            "DELETE /git/refs/heads/optr/new",
            "POST /issues/comments/1001/reactions");
  }

  private void askEverything() {
    EveryOperation.reading(fixture).values().forEach(ask -> ask.accept(fixture.connection));
    EveryOperation.writing(fixture).values().forEach(ask -> ask.accept(fixture.connection));
    assertThat(fixture.connection.reactions().add(1001, Reaction.EYES)).isTrue();
  }
}
