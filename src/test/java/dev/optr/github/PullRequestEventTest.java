package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PullRequestEventTest {
  private static JsonObject payload(String name) throws IOException, JsonException {
    Path file = Path.of("test-fixtures", "github", "pull_request." + name + ".json");
    return JsonReader.readObject(Files.readAllBytes(file));
  }

  private static PullRequestEvent event(String name) throws IOException, JsonException {
    return PullRequestEvent.parse(payload(name));
  }

  @Test
  void readsEveryComponent() throws IOException, JsonException {
    assertThat(event("synchronize"))
        .isEqualTo(
            new PullRequestEvent(
                "synchronize",
                7,
                "Make login survive an expired cookie",
                "Signing in again should not lose the form.\n\nSee the log of last week.",
                "ada",
                false,
                "open",
                new PullRequestEvent.Head(
                    "topic", "3f9c2ab07d51e84c6b92f0a1d3e5c7894b6a2d10", 4711L, "acme/widgets"),
                new PullRequestEvent.Base(
                    "main", "b5e0d1f3a7c94e62b8d1405f6a3c27e98d40f1b2", 4711, "acme/widgets"),
                new PullRequestEvent.Repository(
                    4711, "acme/widgets", "main", "2025-03-04T05:06:07Z"),
                false,
                null,
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "opened, opened, open, false, false, false",
    "reopened, reopened, open, false, false, false",
    "ready_for_review, ready_for_review, open, false, false, false",
    "closed, closed, closed, false, false, false",
    "opened.draft, opened, open, true, false, false",
    "opened.fork, opened, open, false, true, false",
    "reopened.fork-deleted, reopened, open, false, true, false",
    "opened.dependabot, opened, open, false, false, true"
  })
  void tellsTheKindsOfPullRequestsApart(
      String file, String action, String state, boolean draft, boolean fork, boolean dependabot)
      throws IOException, JsonException {
    PullRequestEvent event = event(file);

    assertThat(event.action()).isEqualTo(action);
    assertThat(event.state()).isEqualTo(state);
    assertThat(event.draft()).isEqualTo(draft);
    assertThat(event.isFork()).isEqualTo(fork);
    assertThat(event.isFromDependabot()).isEqualTo(dependabot);
  }

  @Test
  void takesAnEmptyDescriptionForNone() throws IOException, JsonException {
    assertThat(event("opened.draft").body()).isNull();
  }

  @Test
  void doesNotTakeAForkForOursBecauseItsBranchHasTheNameOfOurs() throws IOException, JsonException {
    PullRequestEvent event = event("opened.fork");

    assertThat(event.head().ref()).isEqualTo(event.base().ref());
    assertThat(event.head().fullName()).isEqualTo("mallory/widgets");
    assertThat(event.isFork()).isTrue();
  }

  @Test
  void readsTimesInSecondsAndInOtherZones() throws IOException, JsonException {
    JsonObject repository = payload("opened").object("repository");

    assertThat(createdAt(repository.with("created_at", Json.number(1_741_064_767))))
        .isEqualTo("2025-03-04T05:06:07Z");
    assertThat(createdAt(repository.with("created_at", Json.text("2025-03-04T07:06:07+02:00"))))
        .isEqualTo("2025-03-04T05:06:07Z");
  }

  private static String createdAt(JsonObject repository) throws IOException, JsonException {
    return PullRequestEvent.parse(payload("opened").with("repository", repository))
        .repository()
        .createdAt();
  }

  @Test
  void namesEverythingThatIsMissingOrMalformed() throws IOException, JsonException {
    JsonObject payload = payload("opened");
    JsonObject pullRequest = payload.object("pull_request");
    JsonObject head = pullRequest.object("head").with("sha", Json.text("HEAD; rm -rf /"));
    JsonObject broken =
        payload
            .without("action")
            .with("number", Json.text("7"))
            .with("pull_request", pullRequest.with("head", head).without("draft", "base"))
            .with(
                "repository",
                payload.object("repository").with("created_at", Json.text("yesterday")));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> PullRequestEvent.parse(broken))
        .satisfies(
            e ->
                assertThat(e.messages())
                    .containsExactly(
                        "event payload: 'action' is missing; expected a text",
                        "event payload: 'number' is malformed; expected a positive number",
                        "event payload: 'repository.created_at' is malformed; expected a time",
                        "event payload: 'pull_request.draft' is missing; expected true or false",
                        "event payload: 'pull_request.head.sha' is malformed; expected a commit id"
                            + " of 40 hex digits",
                        "event payload: 'pull_request.base.ref' is missing; expected a text",
                        "event payload: 'pull_request.base.sha' is missing; expected a commit id"
                            + " of 40 hex digits",
                        "event payload: 'pull_request.base.repo.id' is missing; expected a"
                            + " positive number",
                        "event payload: 'pull_request.base.repo.full_name' is missing; expected a"
                            + " text"));
  }

  @Test
  void saysThatAnotherEventIsNone() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> PullRequestEvent.parse(Json.object().put("zen", "Keep it").build()))
        .withMessageContaining("'pull_request.head.sha' is missing");
  }
}
