package dev.optr.agents.copilot;

import static dev.optr.agents.copilot.CopilotFixture.fixture;
import static dev.optr.agents.copilot.CopilotFixture.state;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.optr.agents.Answer;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.testing.VendorTraffic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written down of the requests about a task, and of what they cost. */
final class CopilotTranscriptTest {
  private static final String TASKS = "/agents/repos/octo/app/tasks";
  private static final String TASK = TASKS + "/" + FakeCopilot.TASK;

  @TempDir Path directory;

  private CopilotFixture site;
  private VendorTraffic traffic;

  @BeforeEach
  void open() {
    site = new CopilotFixture(directory, Map.of("a.txt", "one\n"));
    site.github.otherwise(fixture("completed-nothing"));
    traffic = VendorTraffic.of(site.github.server());
  }

  @AfterEach
  void everyRequestWasOneThatGitHubTakes() {
    try {
      traffic.assertValid();
    } finally {
      site.close();
    }
  }

  @Test
  void holdsOneLineForEachRequest() {
    List<JsonObject> requests = requests(site.ask());

    assertThat(requests)
        .extracting(line -> line.text("request"))
        .containsExactly(
            "POST /repos/octo/app/git/refs",
            "POST " + TASKS,
            "GET " + TASK,
            "GET " + TASKS,
            "DELETE /repos/octo/app/git/refs/heads/optr/frozen/" + site.frozen.substring(0, 12));
    assertThat(requests).extracting(line -> line.integer("status")).startsWith(201L, 201L, 200L);
    assertThat(requests.get(1).text("requestId")).isEqualTo("A1:B2");
    String sent =
        site.github
            .server()
            .findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(TASKS)))
            .getFirst()
            .getBodyAsString();
    assertThat(requests.get(1).text("requestSha256"))
        .isEqualTo(Digest.sha256(sent.getBytes(UTF_8)));
  }

  @Test
  void startsATaskHoweverLargeTheRepositoryIs() {
    Map<String, String> files =
        IntStream.range(0, 200)
            .boxed()
            .collect(Collectors.toMap(i -> "f" + i + ".txt", i -> "line\n".repeat(200)));
    try (CopilotFixture large = new CopilotFixture(directory.resolve("large"), files)) {
      large.github.otherwise(fixture("completed-nothing"));

      Answer answer = large.ask();

      assertThat(large.github.starts()).hasSize(1);
      assertThat(answer.exchange().clipped()).isFalse();
    }
  }

  @Test
  void countsLooksWithoutNewsInOneLine() {
    JsonObject working = state("in_progress");
    site.github
        .revalidates()
        .says(working, working, working, working, working, fixture("completed-nothing"));

    Answer answer = site.ask();

    List<JsonObject> looks =
        requests(answer).stream()
            .filter(line -> ("GET " + TASK).equals(line.text("request")))
            .toList();
    assertThat(looks).extracting(line -> line.integer("status")).containsExactly(200L, 304L, 200L);
    assertThat(looks.get(1).integer("times")).isEqualTo(4);
    assertThat(answer.exchange().usage().requests()).isEqualTo(site.github.lines().size());
  }

  @Test
  void namesAnErrorsWordsWithoutTheToken() {
    site.github.script(
        "POST " + TASKS, 403, FakeCopilot.message("no\nright for " + CopilotFixture.TOKEN));

    Answer answer = site.ask();

    JsonObject refused = requests(answer).get(1);
    assertThat(refused.integer("status")).isEqualTo(403);
    assertThat(refused.text("message")).startsWith("'no right for ");
    assertThat(CanonicalJson.text(Json.array(answer.exchange().transcript())))
        .doesNotContain(CopilotFixture.TOKEN);
  }

  @Test
  void saysOfARequestWithoutAnswerHowItEnded() {
    site.github.cut("POST " + TASKS);

    List<JsonObject> requests = requests(site.ask());

    assertThat(requests.get(1).get("status")).isEqualTo(Json.NULL);
    assertThat(requests.get(1).text("cut")).isNotBlank();
    assertThat(requests.get(2).integer("status")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{}", "{\"id\": \"../x\"}", "[]"})
  void knowsNoPriceOfATaskThatHasNoReadableName(String body) {
    site.github.script("POST " + TASKS, 201, body);

    Answer answer = site.ask();

    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(answer.exchange().usage().usd()).isNull();
  }

  @Test
  void knowsNoPriceWhereTheTasksCannotBeListed() {
    site.github
        .cut("POST " + TASKS)
        .script("GET " + TASKS + "\\?.*", 403, FakeCopilot.message("no"));

    assertThat(site.ask().exchange().usage().usd()).isNull();
  }

  @Test
  void costsNothingWhereNoTaskWasStarted() {
    site.github.script("POST " + TASKS, 403, FakeCopilot.message("no"));

    assertThat(site.ask().exchange().usage().usd()).isZero();
  }

  private static List<JsonObject> requests(Answer answer) {
    return answer.exchange().transcript().stream()
        .filter(line -> "request".equals(line.text("role")))
        .toList();
  }
}
