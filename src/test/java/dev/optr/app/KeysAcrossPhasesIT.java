package dev.optr.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.optr.testing.FakeJobs;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What only the phase that holds a key can see must decide in the phase that does not. */
final class KeysAcrossPhasesIT {
  @RegisterExtension
  static final WireMockExtension provider =
      WireMockExtension.newInstance()
          .options(options().bindAddress("127.0.0.1").dynamicPort())
          .build();

  @TempDir private Path directory;

  @Test
  void anAnswerThatTellsAKeyIsNotSelectedByWhoDoesNotHoldTheKey() throws IOException {
    String answer =
        Files.readString(Path.of("test-fixtures/providers/openai/proposal.json"), UTF_8)
            .replace("Keep the session", "Use " + PlayedPullRequest.OPENAI_KEY);
    provider.stubFor(post("/openai/responses").willReturn(aResponse().withBody(answer)));
    try (PlayedPullRequest played =
        PlayedPullRequest.start(
            directory.resolve("site"),
            Map.of(
                ".github/workflow-optr.yaml",
                workflow(),
                "a.txt",
                "one\n",
                "README.md",
                "short\n"))) {
      Runner propose = runner(played, "propose");
      ProgramProcess.Result proposed = propose.run();
      assertThat(proposed.exit()).as(proposed.log()).isZero();
      noJobs(played);

      Runner select =
          runner(played, "select")
              .input("bundle-digest", propose.output("bundle-digest"))
              .input("openai-api-key", "")
              .input("anthropic-api-key", "");
      copy(propose.workspace(), select.workspace());
      ProgramProcess.Result selected = select.run();

      assertThat(select.output("outcome")).as(selected.log()).isEqualTo("none_admissible");
      assertThat(played.gitHub().comments().getLast().body()).contains("a credential of this run");
    }
  }

  private static String workflow() {
    return """
        workflow: widgets
        isolation: off
        agents:
          - name: codex
            type: openai-codex
            endpoint: http://127.0.0.1:%d/openai
        """
        .formatted(provider.getPort());
  }

  private static Runner runner(PlayedPullRequest played, String phase) {
    return played
        .runner(phase)
        .input("phase", phase)
        .event("pull_request", played.event("pull_request.opened.json"));
  }

  private static void noJobs(PlayedPullRequest played) {
    Instant time = Instant.parse("2026-11-22T10:00:00Z");
    played
        .gitHub()
        .jobs()
        .add(
            9000000001L,
            1,
            new FakeJobs.Job(1, "optr / optr-propose", played.head(), "it", "success", time, 9));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(file, copy);
      }
    }
  }
}
