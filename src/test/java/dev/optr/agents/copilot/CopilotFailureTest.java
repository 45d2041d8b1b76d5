package dev.optr.agents.copilot;

import static dev.optr.agents.copilot.CopilotFixture.fixture;
import static dev.optr.agents.copilot.CopilotFixture.state;
import static dev.optr.agents.copilot.FakeCopilot.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.base.Json;
import dev.optr.testing.VendorTraffic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a lane of Copilot's ends without a proposal. */
final class CopilotFailureTest {
  private static final String POST_REFS = "POST /repos/octo/app/git/refs";
  private static final String POST_TASK = "POST /agents/repos/octo/app/tasks";
  private static final String GET_TASK = "GET /agents/repos/octo/app/tasks/0f6c.*";

  @TempDir Path directory;

  private CopilotFixture site;

  private VendorTraffic traffic;

  @BeforeEach
  void open() {
    site = new CopilotFixture(directory, Map.of("a.txt", "one\n"));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          failed           | SERVICE   | has failed
          waiting_for_user | REFUSED   | waits for a person's answer
          timed_out        | TIMEOUT   | Copilot's own time limit
          cancelled        | CANCELLED | was cancelled at GitHub
          completed        | EMPTY     | ended without a branch
          idle             | EMPTY     | ended without a branch
          """)
  void mapsEveryStateInWhichATaskEnds(String state, FailureCode code, String words) {
    site.github.says(state("queued"), state("in_progress"), state(state));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(code);
    assertThat(failed.message())
        .contains(words)
        .contains("https://github.com/octo/app/copilot/tasks/" + FakeCopilot.TASK);
    assertThat(frozenBranch()).isFalse();
  }

  @Test
  void saysWhyATaskFailedAndWhatItTook() {
    site.github.says(fixture("failed"));

    Answer.Failed failed = failed();

    assertThat(failed.message()).endsWith("has failed: 'Setup steps failed'");
    assertThat(failed.exchange().usage().usd()).isEqualByComparingTo("0.0025");
  }

  @Test
  void passesOverWhatIsNothing() {
    Json nothing = Json.array(List.of(Json.NULL));
    site.github.says(state("failed").with("sessions", nothing).with("artifacts", nothing));

    Answer.Failed failed = failed();

    assertThat(failed.message()).endsWith("has failed");
    assertThat(failed.exchange().usage().usd()).isNull();
    assertThat(frozenBranch()).isFalse();
  }

  @Test
  void goesOnInAStateThatIsNotKnown() {
    site.github.says(state("thinking"), state("cancelled"));

    assertThat(failed().code()).isEqualTo(FailureCode.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
        "sk-proj-something-else",
        "0123456789abcdef0123456789abcdef01234567"
      })
  void asksNobodyWithATokenThatIsNoPersons(String token) {
    Answer answer = site.ask(token);

    assertThat(site.agent(token, site.clock).unavailable()).isPresent();
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.UNAVAILABLE);
              assertThat(failed.message())
                  .startsWith("the input 'copilot-token' holds")
                  .contains("'Agent tasks' (read and write) and 'Contents' (read and write)")
                  .contains("Copilot Business or Copilot Enterprise")
                  .doesNotContain(token);
            });
    assertThat(site.github.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"github_pat_11AB_cd", "ghp_16C7e42F", "gho_16C7e42F", "ghu_16C7e42F"})
  void asksWithEveryTokenOfAPerson(String token) {
    assertThat(site.agent(token, site.clock).unavailable()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void isUnavailableWhereTheBranchMayNotBeMade(int status) {
    site.github.script(
        POST_REFS, status, message("Resource not accessible by personal access token"));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.UNAVAILABLE);
    assertThat(failed.message())
        .contains(String.valueOf(status), "'Resource not accessible by personal access token'")
        .contains("may not make branch 'optr/frozen/" + site.frozen.substring(0, 12) + "'");
    assertThat(site.github.lines()).containsExactly(POST_REFS);
  }

  @Test
  void isUnavailableWhereGitHubLacksTheFrozenCommit() {
    site.github.script(POST_REFS, 422, message("Object does not exist"));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.UNAVAILABLE);
    assertThat(failed.message())
        .contains("'Object does not exist'")
        .endsWith("push commit " + site.frozen.substring(0, 12) + " first");
  }

  @Test
  void leavesABranchOfThatNameAtAnotherCommitAlone() {
    String other = site.clone.commit("other", Map.of("a.txt", "other\n"));
    site.publish(site.clone, "main");
    String name = "optr/frozen/" + site.frozen.substring(0, 12);
    site.github.repository().create(name, other);

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.SERVICE);
    assertThat(failed.message()).contains("'" + name + "'", other, site.frozen, "delete it");
    assertThat(site.github.repository().tip(name)).contains(other);
  }

  @ParameterizedTest
  @CsvSource({
    "401, AUTH",
    "402, QUOTA",
    "403, AUTH",
    "404, UNAVAILABLE",
    "400, SERVICE",
    "422, SERVICE"
  })
  void namesWhyNoTaskWasStarted(int status, FailureCode code) {
    site.github.script(POST_TASK, status, message("the\u001b[31m reason\u202e"));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(code);
    assertThat(failed.message()).contains("GitHub answered " + status, "'the [31m reason'");
    assertThat(site.github.starts()).hasSize(1);
    assertThat(frozenBranch()).isFalse();
  }

  @Test
  void saysWhichTokenIsNeededWhereTheOneGivenMayNotStartTasks() {
    site.github.script(POST_TASK, 403, message("Resource not accessible by integration"));

    assertThat(failed().message()).contains("'Agent tasks' (read and write)");
  }

  @Test
  void givesUpATaskThatItCanNoLongerSee() {
    site.github.says(state("queued")).script(GET_TASK, 401, message("Bad credentials"));

    Answer.Failed failed = failed();

    assertThat(failed.code()).isEqualTo(FailureCode.AUTH);
    assertThat(failed.message()).contains("task " + FakeCopilot.TASK).endsWith("goes on");
    assertThat(failed.exchange().usage().usd()).isNull();
    assertThat(frozenBranch()).isFalse();
  }

  @Test
  void refusesAnAnswerThatIsNoneOfGitHubs() {
    site.github.says(state("queued")).script(GET_TASK, 200, "<html>");

    assertThat(failed().code()).isEqualTo(FailureCode.SERVICE);
  }

  private boolean frozenBranch() {
    return site.github.repository().tip("optr/frozen/" + site.frozen.substring(0, 12)).isPresent();
  }

  private Answer.Failed failed() {
    Answer answer = site.ask();
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    assertThat(((Answer.Failed) answer).message()).doesNotContain(CopilotFixture.TOKEN);
    return (Answer.Failed) answer;
  }
}
