package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RateLimitTest {
  private static final String LIMITED = "{\"message\": \"API rate limit exceeded\"}";

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
    fixture
        .connection
        .statuses()
        .set(fixture.head, CommitState.SUCCESS, "optr/gate", description, GitHubFixture.runUrl());
  }

  @Test
  void waitsAsLongAsGitHubAsks() {
    github.answerOnce("POST", ".*/statuses/.*", 429, Map.of("Retry-After", "20"), LIMITED);
    github.answerOnce(
        "POST",
        ".*/statuses/.*",
        403,
        Map.of(
            "X-RateLimit-Remaining", "0",
            "X-RateLimit-Reset", String.valueOf(GitHubFixture.NOW.getEpochSecond() + 30),
            "Date", "Sun, 22 Nov 2026 10:00:00 GMT"),
        LIMITED);

    setStatus("x");

    assertThat(fixture.pauses).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(30));
    assertThat(github.statuses()).hasSize(1);
  }

  @Test
  void understandsADateToWaitForAndGitHubsOwnClock() {
    github.answerOnce(
        "POST",
        ".*/statuses/.*",
        403,
        Map.of(
            "Retry-After", "Sun, 22 Nov 2026 11:00:42 GMT",
            "Date", "Sun, 22 Nov 2026 11:00:00 GMT"),
        LIMITED);

    setStatus("x");

    assertThat(fixture.pauses).containsExactly(Duration.ofSeconds(42));
  }

  @Test
  void waitsAMinuteForASecondaryLimitThatSaysNoTime() {
    github.answerOnce(
        "POST",
        ".*/statuses/.*",
        403,
        Map.of(),
        "{\"message\": \"You have exceeded a secondary rate limit\"}");

    setStatus("x");

    assertThat(fixture.pauses).containsExactly(Duration.ofMinutes(1));
  }

  @Test
  void doesNotWaitLongerThanARunMay() {
    github.answerOnce("POST", ".*/statuses/.*", 429, Map.of("Retry-After", "60"), LIMITED);
    github.answerOnce("POST", ".*/statuses/.*", 429, Map.of("Retry-After", "31"), LIMITED);

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> setStatus("x"))
        .withMessageEndingWith("GitHub's rate limit is reached for another 31 s");
    assertThat(fixture.pauses).containsExactly(Duration.ofMinutes(1));
  }

  @Test
  void mistakesNoOtherRefusalForARateLimit() {
    github.answerOnce(
        "POST",
        ".*/statuses/.*",
        403,
        Map.of("X-RateLimit-Remaining", "4999", "X-RateLimit-Reset", "1795341600"),
        "{\"message\": \"Repository was archived so is read-only.\"}");

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> setStatus("x"))
        .withMessageEndingWith("HTTP 403: Repository was archived so is read-only.");
    assertThat(fixture.pauses).isEmpty();
  }
}
