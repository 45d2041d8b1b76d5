package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.PrettyJson;
import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * GitHub's own examples of {@code pull_request} payloads (npm {@code @octokit/webhooks-examples},
 * unpacked by {@code .ci/run} under target/), with commits, branches and repository replaced by the
 * played ones.
 */
final class WebhookExamplesIT {
  private static final Path EXAMPLES =
      Path.of("target/webhooks-examples/package/api.github.com/index.json");
  private static final Set<String> ACTED_ON =
      Set.of("opened", "synchronize", "reopened", "ready_for_review");

  @TempDir private Path directory;

  @BeforeEach
  void examplesAreThere() {
    assumeTrue(Files.exists(EXAMPLES), "the examples are unpacked by .ci/run alone");
  }

  @Test
  void decidesOnEveryExampleThatIsActedOn() throws Exception {
    List<JsonObject> examples = examples().stream().filter(WebhookExamplesIT::actedOn).toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
    for (int i = 0; i < examples.size(); i++) {
      JsonObject example = examples.get(i);
      try (PlayedPullRequest played = PlayedPullRequest.start(directory.resolve("acted" + i))) {
        Runner runner =
            played
                .runner("runner")
                .event("pull_request", PrettyJson.text(replaced(example, played)));
        ProgramProcess.Result result = runner.run();
        assertThat(result.exit()).as(example.text("action") + result.log()).isZero();
        assertThat(runner.outputs())
            .containsEntry("outcome", "selected")
            .containsEntry("selected-agent", "codex");
        try (GitRepository served = played.served()) {
          String anchor = runner.output("anchor-sha");
          assertThat(served.resolve("refs/heads/topic")).contains(anchor);
          assertThat(served.parents(anchor)).containsExactly(played.head());
        }
        assertThat(played.gitHub().comments()).hasSize(1);
        played.gitHub().assertNoUnexpectedRequests();
      }
    }
  }

  @Test
  void parsesAndSkipsEveryOtherExample() throws Exception {
    List<JsonObject> examples = examples().stream().filter(example -> !actedOn(example)).toList();
    assertThat(examples).hasSizeGreaterThan(15);
    try (PlayedPullRequest played = PlayedPullRequest.start(directory.resolve("skipped"))) {
      for (int i = 0; i < examples.size(); i++) {
        Runner runner =
            played
                .runner("runner" + i)
                .event("pull_request", PrettyJson.text(replaced(examples.get(i), played)));
        ProgramProcess.Result result = runner.run();
        assertThat(result.exit()).as(examples.get(i).text("action") + result.log()).isZero();
        assertThat(runner.outputs()).containsEntry("outcome", "skipped");
      }
      assertThat(played.gitHub().requests()).isEmpty();
    }
  }

  /** Drafts are skipped by default, whatever their action. */
  private static boolean actedOn(JsonObject example) {
    return ACTED_ON.contains(String.valueOf(example.text("action")))
        && !example.object("pull_request").isTrue("draft");
  }

  private static List<JsonObject> examples() throws IOException, JsonException {
    List<JsonObject> found = new ArrayList<>();
    if (JsonReader.read(Files.readAllBytes(EXAMPLES)) instanceof Json.Array(List<Json> events)) {
      for (Json event : events) {
        if (event instanceof JsonObject object && "pull_request".equals(object.text("name"))) {
          object.array("examples").forEach(example -> found.add((JsonObject) example));
        }
      }
    }
    return found;
  }

  private static JsonObject replaced(JsonObject example, PlayedPullRequest played) {
    JsonObject pullRequest = example.object("pull_request");
    JsonObject head = side(pullRequest.object("head"), "topic", played.head());
    JsonObject base = side(pullRequest.object("base"), "main", played.base());
    return example
        .with("number", Json.number(7))
        .with(
            "pull_request",
            pullRequest.with("number", Json.number(7)).with("head", head).with("base", base))
        .with("repository", repository(example.object("repository")));
  }

  private static JsonObject side(JsonObject side, String ref, String sha) {
    return side.with("ref", Json.text(ref))
        .with("sha", Json.text(sha))
        .with("repo", repository(side.object("repo")));
  }

  private static JsonObject repository(JsonObject repository) {
    return repository
        .with("id", Json.number(FakeGitHub.REPOSITORY_ID))
        .with("full_name", Json.text(FakeGitHub.REPOSITORY));
  }
}
