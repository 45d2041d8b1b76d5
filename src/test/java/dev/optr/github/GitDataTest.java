package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitDataTest {
  @TempDir Path directory;
  private GitHubFixture fixture;
  private FakeGitHub github;
  private GitData data;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory);
    github = fixture.github;
    data = fixture.connection.gitData();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private RevCommit read(String commit) throws IOException {
    try (RevWalk walk = new RevWalk(fixture.repository())) {
      return walk.parseCommit(ObjectId.fromString(commit));
    }
  }

  private byte[] file(String commit, String path) throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(fixture.repository(), path, read(commit).getTree())) {
      assertThat(walk).as(path).isNotNull();
      return fixture.repository().open(walk.getObjectId(0)).getBytes();
    }
  }

  @Test
  void commitsFilesByteForByteOnTopOfTheParentsTree() throws IOException {
    Bytes binary = Bytes.of(new byte[] {0, (byte) 0xff, 13, 10, (byte) 0xc3});
    Map<String, Bytes> files =
        Map.of("datalake/ledger.jsonl", Bytes.utf8("{\"n\":1}\r\n"), "datalake/odd", binary);

    String commit = data.commit(fixture.head, files, "Record a run\n\nOptr-Run: 1\n");

    assertThat(read(commit).getParents()).extracting(RevCommit::name).containsExactly(fixture.head);
    assertThat(read(commit).getFullMessage()).isEqualTo("Record a run\n\nOptr-Run: 1\n");
    assertThat(file(commit, "README")).asString().isEqualTo("two");
    assertThat(file(commit, "datalake/odd")).isEqualTo(binary.toArray());
    assertThat(file(commit, "datalake/ledger.jsonl")).asString().isEqualTo("{\"n\":1}\r\n");
    assertThat(fixture.tip("refs/heads/topic")).isEqualTo(fixture.head);
  }

  @Test
  void leavesAuthorAndCommitterToGitHubSoThatItSigns() {
    data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");

    String body =
        github.requests().stream()
            .filter(request -> request.line().endsWith("/git/commits"))
            .map(FakeGitHub.Request::body)
            .findFirst()
            .orElseThrow();
    assertThat(body).doesNotContain("author", "committer", "signature");
  }

  @Test
  void writesLargeTreesInBatches() throws IOException {
    Map<String, Bytes> files = new LinkedHashMap<>();
    for (int i = 0; i < 201; i++) {
      files.put("datalake/%03d".formatted(i), Bytes.utf8("file " + i));
    }

    String commit = data.commit(fixture.head, files, "Record");

    assertThat(github.requestLines().stream().filter(line -> line.endsWith("/git/trees")))
        .hasSize(3);
    assertThat(file(commit, "datalake/000")).asString().isEqualTo("file 0");
    assertThat(file(commit, "datalake/200")).asString().isEqualTo("file 200");
    assertThat(file(commit, "README")).asString().isEqualTo("two");
  }

  @Test
  void repeatsTheMakingOfObjectsWhereTheServerFails() throws IOException {
    github.answerOnce("GET", ".*/git/commits/.*", 502, Map.of(), "");
    github.answerOnce("POST", ".*/git/trees", 503, Map.of(), "{}");

    String commit = data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");

    assertThat(file(commit, "a")).asString().isEqualTo("a");
    assertThat(fixture.pauses).hasSize(2);
  }

  @Test
  void givesUpAfterThreeFailures() {
    for (int i = 0; i < 3; i++) {
      github.answerOnce("POST", ".*/git/trees", 502, Map.of(), "");
    }

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record"))
        .withMessage("could not make a commit on %s: HTTP 502: no message".formatted(fixture.head))
        .matches(ServiceException::worthRetrying);
    assertThat(fixture.pauses).hasSize(2);
  }

  @Test
  void movesABranchForward() throws IOException {
    String anchor = data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");

    assertThat(data.moveBranch("topic", fixture.head, anchor)).isEqualTo(new BranchMove.Moved());
    assertThat(fixture.tip("refs/heads/topic")).isEqualTo(anchor);
    assertThat(data.branchHead("topic")).contains(anchor);
  }

  @Test
  void takesABranchForItselfAndNotForAnotherOfLikeName() throws IOException {
    String other = fixture.commit("three", fixture.base);
    fixture.point("refs/heads/topic-2", other);
    fixture.point("refs/heads/fix/#42 ü", other);

    assertThat(data.branchHead("topic")).contains(fixture.head);
    assertThat(data.branchHead("fix/#42 ü")).contains(other);
    assertThat(data.branchHead("top")).isEmpty();
    String anchor = data.commit(other, Map.of("a", Bytes.utf8("a")), "Record");
    assertThat(data.moveBranch("fix/#42 ü", other, anchor)).isEqualTo(new BranchMove.Moved());
  }

  @Test
  void givesUpWhereTheAuthorPushedBeforeWeLooked() throws IOException {
    String anchor = data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");
    String pushed = fixture.commit("three", fixture.head);
    fixture.point("refs/heads/topic", pushed);

    assertThat(data.moveBranch("topic", fixture.head, anchor))
        .isEqualTo(new BranchMove.Superseded(pushed));
    assertThat(github.requestLines()).noneMatch(line -> line.startsWith("PATCH"));
  }

  @Test
  void doesNotBringBackCommitsThatTheAuthorDropped() throws IOException {
    String anchor = data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");
    fixture.point("refs/heads/topic", fixture.base);

    assertThat(data.moveBranch("topic", fixture.head, anchor))
        .isEqualTo(new BranchMove.Superseded(fixture.base));
    assertThat(fixture.tip("refs/heads/topic")).isEqualTo(fixture.base);
  }

  @Test
  void losesTheRaceAgainstAPushBetweenLookingAndMoving() throws IOException {
    String anchor = data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");
    String pushed = fixture.commit("three", fixture.head);
    github.beforeNextMove(() -> point("refs/heads/topic", pushed));

    assertThat(data.moveBranch("topic", fixture.head, anchor))
        .isEqualTo(new BranchMove.Superseded(pushed));
    assertThat(fixture.tip("refs/heads/topic")).isEqualTo(pushed);
  }

  @Test
  void isSupersededWhereTheBranchIsGone() {
    assertThat(data.moveBranch("gone", fixture.head, fixture.head))
        .isEqualTo(new BranchMove.Superseded(null));
  }

  @Test
  void reportsARuleThatForbidsTheMove() {
    String anchor = data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");
    String words =
        "Repository rule violations found\n\nChanges must be made through a pull request.";
    github.protectBranch("topic", words);

    assertThat(data.moveBranch("topic", fixture.head, anchor))
        .isEqualTo(new BranchMove.Refused(words.replace("\n\n", " ")));
  }

  @Test
  void findsThatTheBranchMovedAlthoughTheAnswerWasLost() throws IOException {
    String anchor = data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");
    GitHubConnection hasty = fixture.connect(FakeGitHub.TOKEN, Duration.ofSeconds(2));
    github.delayOnce("PATCH", ".*", Duration.ofSeconds(4));

    assertThat(hasty.gitData().moveBranch("topic", fixture.head, anchor))
        .isEqualTo(new BranchMove.Moved());
    assertThat(fixture.tip("refs/heads/topic")).isEqualTo(anchor);
    assertThat(github.requestLines().stream().filter(line -> line.startsWith("PATCH"))).hasSize(1);
  }

  @Test
  void movesOnTheSecondAttemptWhereTheServerFailedFirst() throws IOException {
    String anchor = data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record");
    github.answerOnce("PATCH", ".*", 500, Map.of(), "{\"message\": \"Server Error\"}");

    assertThat(data.moveBranch("topic", fixture.head, anchor)).isEqualTo(new BranchMove.Moved());
    assertThat(fixture.tip("refs/heads/topic")).isEqualTo(anchor);
  }

  @Test
  void tellsAReadOnlyToken() {
    github.makeTokenReadOnly();

    assertThatExceptionOfType(ReadOnlyTokenException.class)
        .isThrownBy(() -> data.commit(fixture.head, Map.of("a", Bytes.utf8("a")), "Record"));
    assertThatExceptionOfType(ReadOnlyTokenException.class)
        .isThrownBy(() -> data.moveBranch("topic", fixture.head, fixture.base));
  }

  private void point(String ref, String commit) {
    try {
      fixture.point(ref, commit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
