package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.VendorTraffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of an enterprise's own, whose APIs are below a path that both do not share. */
final class EnterpriseServerTest {
  @TempDir Path directory;
  private GitHubFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = GitHubFixture.enterprise(directory);
    EveryOperation.prepare(fixture);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void isAskedBelowItsOwnPathsForEverything() {
    assertThat(fixture.github.apiUrl().getPath()).isEqualTo("/api/v3");
    assertThat(fixture.github.graphqlUrl().getPath()).isEqualTo("/api/graphql");
    VendorTraffic traffic =
        VendorTraffic.of(fixture.github.server(), "/api/v3").besides("/api/graphql");

    EveryOperation.reading(fixture).values().forEach(ask -> ask.accept(fixture.connection));
    EveryOperation.writing(fixture).values().forEach(ask -> ask.accept(fixture.connection));
    assertThat(fixture.connection.reactions().add(1001, Reaction.ROCKET)).isTrue();

    fixture.github.assertNoUnexpectedRequests();
    traffic.assertValid();
    assertThat(fixture.github.requestLines()).contains("POST /graphql");
    assertThat(fixture.github.minimisedComments()).containsExactly(1002L);
  }

  @Test
  void neverGetsTheTokenBesideItsApis() {
    for (String beside :
        new String[] {
          "/login", "/api/v3x/repos", "/api/v3/../login", "/api/v3/%2e%2e/login", "/api"
        }) {
      fixture.github.answerOnce("GET", "/repos/acme/widgets", 302, Map.of("Location", beside), "");

      assertThatExceptionOfType(ServiceException.class)
          .as(beside)
          .isThrownBy(() -> fixture.connection.repositories().get())
          .withMessageContaining("which never gets the token");
    }
    assertThat(fixture.github.requestLines()).containsOnly("GET /repos/acme/widgets");
  }

  @Test
  void followsAResourceThatMovedWithinItsApi() {
    fixture.github.answerOnce(
        "GET",
        "/repos/acme/widgets/pulls/7",
        301,
        Map.of("Location", fixture.github.apiUrl() + "/repositories/4711/pulls/7"),
        "");
    fixture.github.answerOnce(
        "GET", "/repositories/4711/pulls/7", 200, Map.of(), fixture.github.pullRequests().text(7));

    assertThat(fixture.connection.pullRequests().get(7, EveryOperation.REPOSITORY).head().sha())
        .isEqualTo(fixture.head);
  }

  @Test
  void sendsAWriteAgainOnlyWhereItStaysOne() {
    for (int status : new int[] {301, 302, 303}) {
      fixture.github.answerOnce(
          "POST",
          ".*/check-runs",
          status,
          Map.of("Location", fixture.github.apiUrl() + "/repositories/4711/check-runs"),
          "");
      assertThatExceptionOfType(ServiceException.class)
          .isThrownBy(() -> report())
          .withMessageContaining("HTTP " + status + ": it is somewhere else now");
    }
    assertThat(fixture.github.people().checkRuns()).isEmpty();

    fixture.github.answerOnce(
        "POST",
        ".*/check-runs",
        307,
        Map.of(
            "Location",
            fixture.github.apiUrl() + "/repos/" + FakeGitHub.REPOSITORY + "/check-runs"),
        "");
    report();
    assertThat(fixture.github.people().checkRuns()).hasSize(1);
  }

  @Test
  void givesUpWhereItIsSentInCircles() {
    for (int i = 0; i < 4; i++) {
      fixture.github.answerOnce(
          "GET", ".*", 301, Map.of("Location", "/api/v3/repos/acme/widgets"), "");
    }

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> fixture.connection.repositories().get())
        .withMessageContaining("moved again and again");
    assertThat(fixture.github.requests()).hasSize(4);
  }

  private void report() {
    fixture.connection.checkRuns().report(fixture.head, "optr report", "t", "s");
  }
}
