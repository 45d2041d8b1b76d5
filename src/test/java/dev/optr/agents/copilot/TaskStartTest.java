package dev.optr.agents.copilot;

import static dev.optr.agents.copilot.CopilotFixture.fixture;
import static dev.optr.agents.copilot.CopilotFixture.state;
import static dev.optr.agents.copilot.FakeCopilot.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.testing.VendorTraffic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One asking starts one task, whatever becomes of the answers. */
final class TaskStartTest {
  private static final String POST_TASK = "POST /agents/repos/octo/app/tasks";
  private static final String LIST = "GET /agents/repos/octo/app/tasks\\?.*per_page=30.*";
  private static final String GET_TASK = "GET /agents/repos/octo/app/tasks/0f6c.*";

  @TempDir Path directory;

  private CopilotFixture site;

  private VendorTraffic traffic;

  @BeforeEach
  void open() {
    site = new CopilotFixture(directory, Map.of("a.txt", "one\n"));
    traffic = VendorTraffic.of(site.github.server());
    site.github.otherwise(state("cancelled"));
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
  void findsTheTaskWhoseAnswerWasLostByItsMark() {
    site.github.cut(POST_TASK).whenStarted(this::taskWithTheMark);

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(failed.message()).contains(FakeCopilot.TASK);
    assertThat(site.github.starts()).hasSize(1);
    assertThat(site.github.lines())
        .anyMatch(
            line ->
                line.contains("sort=created_at&direction=desc&per_page=30")
                    && line.contains("since=2026-11-22T05"));
  }

  @Test
  void findsTheTaskBehindAServersError() {
    site.github.script(POST_TASK, 502, "").whenStarted(this::taskWithTheMark);

    assertThat(failed().code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(site.github.starts()).hasSize(1);
  }

  @Test
  void startsAgainWhereTwoLooksFindNoTaskOfItsMark() {
    site.github.cut(POST_TASK);

    assertThat(failed().code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(site.github.starts()).hasSize(2);
    assertThat(site.github.lines().stream().filter(line -> line.matches(LIST))).hasSize(2);
  }

  @Test
  void takesNoTaskOfAnotherMark() {
    site.github
        .cut(POST_TASK)
        .whenStarted(_ -> task("a prompt with the mark optr-" + "0".repeat(32)));

    // It is somebody else's, so that another is started; the one here refuses a second task.
    assertThat(failed().message()).contains("418");
    assertThat(site.github.starts()).hasSize(2);
  }

  @Test
  void startsNoThirdTask() {
    site.github.cut(POST_TASK).cut(POST_TASK);

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.SERVICE);
    assertThat(failed.message()).contains("lists none with the mark optr-");
    assertThat(failed.exchange().usage().usd()).isNull();
    assertThat(site.github.starts()).hasSize(2);
  }

  @Test
  void startsNothingWhereTheTasksCannotBeListed() {
    site.github.cut(POST_TASK).script(LIST, 403, message("no"));

    assertThat(failed().code()).isEqualTo(FailureCode.AUTH);
    assertThat(site.github.starts()).hasSize(1);
  }

  @Test
  void marksEveryAskingDifferently() {
    site.ask();
    String first = mark(site.github.starts().getFirst());
    try (CopilotFixture other =
        new CopilotFixture(directory.resolve("other"), Map.of("a.txt", "two\n"))) {
      other.github.otherwise(state("cancelled"));
      other.clock.sleep(Duration.ofSeconds(1));
      try {
        other
            .agent(CopilotFixture.TOKEN, other.clock)
            .ask(other.question(), dev.optr.agents.LaneSamples.log(other.clock));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertThat(mark(other.github.starts().getFirst())).isNotEqualTo(first);
    }
  }

  @Test
  void waitsAsLongAsASecondaryRateLimitSays() {
    site.github.script(
        POST_TASK, 403, message("You have exceeded a secondary rate limit."), "retry-after", "90");

    assertThat(failed().code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(site.clock.slept()).startsWith(Duration.ofSeconds(90));
  }

  @Test
  void waitsUntilTheDateThatALimitNames() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME
            .withZone(ZoneOffset.UTC)
            .format(site.clock.instant().plusSeconds(150));
    site.github.script(POST_TASK, 429, message("slow down"), "retry-after", date);

    assertThat(failed().code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(site.clock.slept().getFirst())
        .isBetween(Duration.ofSeconds(149), Duration.ofSeconds(150));
  }

  @Test
  void waitsAMinuteWhereASecondaryRateLimitSaysNothing() {
    site.github.script(POST_TASK, 403, message("You have exceeded a secondary rate limit."));

    assertThat(failed().code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(site.clock.slept()).startsWith(Duration.ofSeconds(60));
  }

  @Test
  void waitsUntilThePrimaryRateLimitIsReset() {
    long reset = site.clock.instant().plusSeconds(200).getEpochSecond();
    site.github.script(
        GET_TASK,
        403,
        message("API rate limit exceeded"),
        "x-ratelimit-remaining",
        "0",
        "x-ratelimit-reset",
        String.valueOf(reset));

    assertThat(failed().code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(site.clock.slept()).startsWith(Duration.ofSeconds(2), Duration.ofSeconds(198));
  }

  @Test
  void endsWhereARateLimitIsLongerThanTheLanesTime() {
    site.github.script(POST_TASK, 429, message("slow down"), "retry-after", "7200");

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.RATE_LIMIT);
    assertThat(failed.message()).contains("asks to wait 7200 s");
  }

  @Test
  void asksAgainForTheTaskWhereGitHubFailsAtIt() {
    site.github.script(GET_TASK, 500, "").script(GET_TASK, 502, "");

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(failed.exchange().usage().retries()).isEqualTo(2);
  }

  @Test
  void startsNothingWithAPromptThatIsTooLong() throws Exception {
    var question =
        dev.optr.agents.LaneSamples.question(
            "x".repeat(60_000), site.question().tree(), site.trees());

    Answer answer = site.agent(CopilotFixture.TOKEN, site.clock).ask(question, site.log);

    assertThat(((Answer.Failed) answer).code()).isEqualTo(FailureCode.TRUNCATED);
    assertThat(site.github.starts()).isEmpty();
  }

  private JsonObject taskWithTheMark(JsonObject start) {
    return task(String.valueOf(start.text("prompt")));
  }

  private static JsonObject task(String prompt) {
    JsonObject session =
        Json.object()
            .put("id", "s-1")
            .put("state", "queued")
            .put("created_at", "2026-11-22T06:00:00Z")
            .put("prompt", prompt)
            .build();
    return fixture("queued").with("sessions", Json.array(List.of(session)));
  }

  private static String mark(JsonObject start) {
    String text = CanonicalJson.text(start);
    int at = text.indexOf("The mark optr-");
    return text.substring(at, at + 46);
  }

  private Answer.Failed failed() {
    Answer answer = site.ask();
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return (Answer.Failed) answer;
  }
}
