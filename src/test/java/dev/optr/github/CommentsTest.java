package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommentsTest {
  private static final String MARKER = "<!-- optr:sticky v1 key=optr -->";
  private static final String BOT = "github-actions[bot]";

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

  private CommentRef upsert(String text) {
    return fixture.connection.comments().upsert(7, MARKER, MARKER + "\n" + text);
  }

  @Test
  void createsACommentAndThenEditsItInPlace() {
    CommentRef created = upsert("first");
    CommentRef edited = upsert("second");

    assertThat(edited).isEqualTo(created);
    assertThat(github.comments())
        .containsExactly(new FakeGitHub.Comment(created.id(), 7, BOT, MARKER + "\nsecond"));
    assertThat(upsert("third")).isEqualTo(created);
    assertThat(github.requestLines().stream().filter("POST /graphql"::equals)).hasSize(1);
    assertThat(created.htmlUrl().getFragment()).isEqualTo("issuecomment-" + created.id());
  }

  @Test
  void leavesAloneAMarkerThatSomebodyElsePasted() {
    long pasted = github.comment(7, "mallory", MARKER + " I was here first");
    long otherBot = github.comment(7, "renovate[bot]", MARKER);

    CommentRef ours = upsert("result");

    assertThat(ours.id()).isNotIn(pasted, otherBot);
    assertThat(github.comments()).hasSize(3);
    assertThat(github.comments().getFirst().body()).endsWith("I was here first");
  }

  @Test
  void leavesAloneOurOwnCommentsWithoutTheMarker() {
    long other = github.comment(7, BOT, "coverage: 81 %");

    assertThat(upsert("result").id()).isNotEqualTo(other);
  }

  @Test
  void editsTheOldestOfTwo() {
    long older = github.comment(7, BOT, MARKER + " a");
    long newer = github.comment(7, BOT, MARKER + " b");

    assertThat(upsert("result").id()).isEqualTo(older).isNotEqualTo(newer);
  }

  @Test
  void hidesTheNewerOnesByOneRequestAndOnlyOnce() {
    long oldest = github.comment(7, BOT, MARKER + " a");
    long second = github.comment(7, BOT, MARKER + " b");
    long third = github.comment(7, BOT, MARKER + " c");
    github.comment(7, "mallory", MARKER);

    upsert("result");
    upsert("again");

    assertThat(github.minimisedComments()).containsExactly(second, third).doesNotContain(oldest);
    assertThat(mutations()).hasSize(1);
    assertThat(mutations().getFirst())
        .contains("classifier: OUTDATED", "\"c0\":\"IC_" + second, "\"c1\":\"IC_" + third);
  }

  @Test
  void hidesNoMoreThanTwentyByOneRequest() {
    for (int i = 0; i < 50; i++) {
      github.comment(7, BOT, MARKER);
    }

    upsert("a");
    assertThat(github.minimisedComments()).hasSize(20);
    upsert("b");
    upsert("c");
    assertThat(github.minimisedComments()).hasSize(49);
    upsert("d");
    assertThat(mutations()).hasSize(3);
  }

  private List<String> mutations() {
    return github.requests().stream()
        .map(FakeGitHub.Request::body)
        .filter(body -> body.contains("minimizeComment"))
        .toList();
  }

  @Test
  void failsNotWhereOthersCannotBeHidden() {
    CommentRef first = upsert("first");
    github.comment(7, BOT, MARKER);
    CommentRef second = upsert("so that it knows its login");
    for (String refusal :
        List.of(
            "{\"errors\": [{\"type\": \"FORBIDDEN\", \"message\": \"not yours\"}]}",
            "{\"data\": {\"c0\": null}}",
            "<html>")) {
      github.comment(7, BOT, MARKER);
      github.answerOnce("POST", "/graphql", 200, Map.of(), refusal);
      assertThat(upsert("result")).isEqualTo(first).isEqualTo(second);
    }
    github.answerOnce(
        "POST",
        "/graphql",
        403,
        Map.of(),
        "{\"message\": \"Resource not accessible by integration\"}");
    assertThat(upsert("last")).isEqualTo(first);
    assertThat(github.comments().getFirst().body()).endsWith("last");
  }

  @Test
  void readsBackWhatItWrote() {
    String stored =
        "{\"id\": 5, \"html_url\": \"https://github.example/c\", \"body\": \"[filtered]\"}";
    github.answerOnce("POST", ".*/comments", 201, Map.of(), stored);

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> upsert("result"))
        .withMessage("could not comment on #7: GitHub did not keep the comment as it was written");

    github.comment(7, BOT, MARKER);
    github.answerOnce("PATCH", ".*", 200, Map.of(), stored);
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> upsert("result"))
        .withMessageEndingWith("GitHub did not keep the comment as it was written");
  }

  @Test
  void takesNoCommentForItsOwnThatOnlyQuotesTheMarker() {
    long quoting = github.comment(7, BOT, "Somebody wrote: " + MARKER);

    assertThat(upsert("result").id()).isNotEqualTo(quoting);
  }

  @Test
  void findsItsCommentBehindAHundredOthers() {
    for (int i = 0; i < 230; i++) {
      github.comment(7, "ada", "remark " + i);
    }
    long ours = github.comment(7, BOT, MARKER);

    assertThat(upsert("result").id()).isEqualTo(ours);
    assertThat(github.requestLines())
        .containsSubsequence(
            "GET /repos/acme/widgets/issues/7/comments?per_page=100&page=1",
            "GET /repos/acme/widgets/issues/7/comments?per_page=100&page=2",
            "GET /repos/acme/widgets/issues/7/comments?per_page=100&page=3");
  }

  @Test
  void stopsAtALastPageThatIsFull() {
    for (int i = 0; i < 100; i++) {
      github.comment(7, "ada", "remark " + i);
    }

    upsert("result");

    assertThat(github.comments()).hasSize(101);
  }

  @Test
  void recognisesTheCommentOfAnAppOfTheUsersOwn() {
    github.actAs("acme-robot[bot]");

    CommentRef created = upsert("first");

    assertThat(upsert("second")).isEqualTo(created);
    assertThat(github.comments()).hasSize(1);
  }

  @Test
  void createsAnewWhereTheCommentWasDeletedMeanwhile() {
    long gone = github.comment(7, BOT, MARKER);
    github.listen(
        request -> {
          if (request.method().equals("PATCH")) {
            github.deleteComment(gone);
          }
        });

    assertThat(upsert("result").id()).isNotEqualTo(gone);
    assertThat(github.comments()).hasSize(1);
  }

  @Test
  void createsAnewWhereEditingIsForbidden() {
    long theirs = github.comment(7, BOT, MARKER);
    github.answerOnce("PATCH", ".*", 403, Map.of(), "{\"message\": \"Must have admin rights\"}");

    assertThat(upsert("result").id()).isNotEqualTo(theirs);
  }

  @Test
  void doesNotCommentTwiceWhereTheAnswerToTheFirstWasLost() {
    GitHubConnection hasty = fixture.connect(FakeGitHub.TOKEN, Duration.ofSeconds(2));
    github.delayOnce("POST", ".*/comments", Duration.ofSeconds(4));

    CommentRef made = hasty.comments().upsert(7, MARKER, MARKER);

    assertThat(github.comments()).extracting(FakeGitHub.Comment::id).containsExactly(made.id());
  }

  @Test
  void commentsAgainWhereTheServerFailedBeforeItTookEffect() {
    github.answerOnce("POST", ".*/comments", 502, Map.of(), "<html>Unicorn!</html>");

    upsert("result");

    assertThat(github.comments()).hasSize(1);
  }

  @Test
  void tellsAReadOnlyTokenFromOtherRefusals() {
    github.makeTokenReadOnly();

    assertThatExceptionOfType(ReadOnlyTokenException.class)
        .isThrownBy(() -> upsert("result"))
        .withMessage(
            "the token may not comment on #7 (HTTP 403: Resource not accessible by integration)");
  }

  @Test
  void saysWhereThePullRequestIsLocked() {
    github.answerOnce("POST", ".*/comments", 403, Map.of(), "{\"message\": \"issue is locked\"}");

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> upsert("result"))
        .withMessage("could not comment on #7: HTTP 403: issue is locked");
  }

  @Test
  void refusesABodyThatGitHubWouldRefuse() {
    String body = MARKER + "x".repeat(65_537 - MARKER.length());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.connection.comments().upsert(7, MARKER, body));
    assertThat(github.requests()).isEmpty();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.connection.comments().upsert(7, MARKER, "text " + MARKER));

    fixture.connection.comments().upsert(7, MARKER, body.substring(0, 65_536));
    assertThat(github.comments()).hasSize(1);
  }
}
