package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.FakePeople;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Permissions, reactions and check runs. */
final class PeopleTest {
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

  private Permission permission(String login) {
    return fixture.connection.collaborators().permission(login);
  }

  @ParameterizedTest
  @CsvSource({
    "admin, ADMIN",
    "write, WRITE",
    "maintain, WRITE",
    "triage, READ",
    "read, READ",
    "none, NONE"
  })
  void tellsWhatSomebodyMayDo(String word, Permission expected) {
    github.people().permit("ada", word);
    github.people().permit("acme-robot[bot]", word);

    assertThat(permission("ada")).isEqualTo(expected);
    assertThat(permission("acme-robot[bot]")).isEqualTo(expected);
    assertThat(permission("mallory")).isEqualTo(Permission.READ);
  }

  @Test
  void takesSomebodyWhomGitHubDoesNotKnowForAStranger() {
    github.answerOnce("GET", ".*", 404, Map.of(), "{\"message\": \"Not Found\"}");

    assertThat(permission("nobody")).isEqualTo(Permission.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "ada/../eve", "ada?x=1", "ada eve", "ädä", "[bot]"})
  void asksForNoNameThatIsNone(String login) {
    assertThat(permission(login)).isEqualTo(Permission.NONE);
    assertThat(github.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"permission\": \"owner\"}",
        "{\"permission\": \"ADMIN\"}",
        "{\"permission\": true}",
        "{\"role_name\": \"admin\"}",
        "{\"permission\": \"admin\", \"user\": {\"login\": \"eve\"}}"
      })
  void believesNoOtherAnswer(String answer) {
    github.answerOnce("GET", ".*", 200, Map.of(), answer);

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> permission("ada"))
        .withMessageStartingWith("could not ask what 'ada' may do: GitHub");
  }

  @ParameterizedTest
  @EnumSource
  void reacts(Reaction reaction) {
    assertThat(fixture.connection.reactions().add(5, reaction)).isTrue();
    assertThat(fixture.connection.reactions().add(5, reaction)).isTrue();

    assertThat(github.people().reactions())
        .containsExactly(new FakePeople.Reacted(5, reaction.content()));
    assertThat(reaction.content()).isIn("eyes", "rocket", "confused", "-1", "+1");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void isNoFaultWhereItMayNotReact(int status) {
    github.answerOnce(
        "POST",
        ".*/reactions",
        status,
        Map.of(),
        "{\"message\": \"Resource not accessible by integration\"}");

    assertThat(fixture.connection.reactions().add(5, Reaction.EYES)).isFalse();
  }

  @Test
  void reportsACheckRunThatDecidesNothing() {
    fixture.connection.checkRuns().report(fixture.head, "optr report", "codex", "| a |\n");

    assertThat(github.people().checkRuns())
        .containsExactly(
            new FakePeople.CheckRun(
                fixture.head, "optr report", "completed", "neutral", "codex", "| a |\n"));
    assertThat(github.requests()).hasSize(1);
  }

  @Test
  void sendsNoSummaryThatGitHubWouldRefuse() {
    CheckRuns checkRuns = fixture.connection.checkRuns();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> checkRuns.report(fixture.head, "n", "t", "x".repeat(65_536)));
    checkRuns.report(fixture.head, "n", "t", "x".repeat(65_535));

    assertThat(github.requests()).hasSize(1);
  }

  @Test
  void asksForTheRepositoryThatAScheduleDoesNotShow() {
    assertThat(fixture.connection.repositories().get()).isEqualTo(EveryOperation.REPOSITORY);
  }
}
