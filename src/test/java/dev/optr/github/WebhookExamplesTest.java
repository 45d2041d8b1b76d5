package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GitHub's own examples of payloads (npm {@code @octokit/webhooks-examples}, unpacked by {@code
 * .ci/run} under target/), of the public server and of enterprises' own.
 */
final class WebhookExamplesTest {
  private static final Path EXAMPLES = Path.of("target/webhooks-examples/package");

  @BeforeEach
  void examplesAreThere() {
    assumeTrue(Files.exists(EXAMPLES), "the examples are unpacked by .ci/run alone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.github.com", "ghes-33", "ghes-35"})
  void readsEveryComment(String server) throws IOException, JsonException {
    assertThat(examples(server, "issue_comment"))
        .isNotEmpty()
        .map(CommentEvent::parse)
        .allSatisfy(
            event -> {
              assertThat(event.action()).isIn("created", "edited", "deleted");
              assertThat(event.author()).isNotBlank();
              assertThat(event.onPullRequest()).isFalse();
              assertThat(event.htmlUrl().getFragment())
                  .isEqualTo("issuecomment-" + event.comment());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.github.com", "ghes-33", "ghes-35"})
  void readsEveryPush(String server) throws IOException, JsonException {
    assertThat(examples(server, "push"))
        .isNotEmpty()
        .map(PushEvent::parse)
        .allSatisfy(
            event -> {
              assertThat(event.ref()).startsWith("refs/");
              assertThat(event.deleted()).isEqualTo(event.after().equals("0".repeat(40)));
              assertThat(event.repository().createdAt()).endsWith("Z");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.github.com", "ghes-33", "ghes-35"})
  void readsEveryDispatch(String server) throws IOException, JsonException {
    assertThat(examples(server, "workflow_dispatch"))
        .isNotEmpty()
        .map(DispatchEvent::parse)
        .allSatisfy(event -> assertThat(event.ref()).doesNotStartWith("refs/heads/"));
  }

  @Test
  void readsEveryMergeGroup() throws IOException, JsonException {
    assertThat(examples("api.github.com", "merge_group"))
        .isNotEmpty()
        .map(MergeGroupEvent::parse)
        .allSatisfy(
            event -> {
              assertThat(event.baseRef()).isEqualTo("main");
              assertThat(event.headRef()).startsWith("refs/heads/gh-readonly-queue/");
              assertThat(event.headSha()).isNotEqualTo(event.baseSha());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.github.com", "ghes-33", "ghes-35"})
  void readsEveryPullRequest(String server) throws IOException, JsonException {
    assertThat(examples(server, "pull_request"))
        .isNotEmpty()
        .map(PullRequestEvent::parse)
        .allSatisfy(
            event -> {
              assertThat(event.merged()).isFalse();
              assertThat(event.mergeCommit()).isNull();
              assertThat(event.label().isPresent()).isEqualTo(event.action().contains("label"));
            });
  }

  private static List<JsonObject> examples(String server, String name)
      throws IOException, JsonException {
    List<JsonObject> found = new ArrayList<>();
    Path index = EXAMPLES.resolve(server).resolve("index.json");
    if (JsonReader.read(Files.readAllBytes(index)) instanceof Json.Array(List<Json> events)) {
      for (Json event : events) {
        if (event instanceof JsonObject object && name.equals(object.text("name"))) {
          object.array("examples").forEach(example -> found.add((JsonObject) example));
        }
      }
    }
    return found;
  }
}
